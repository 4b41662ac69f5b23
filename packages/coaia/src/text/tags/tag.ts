/** A tag: what a model is told to do with a text, and how. Settings come first, then what is built in. */
import { isObject } from '#base';
import { textErrors } from '../errors.ts';
import { builtInTags } from './built-in.ts';

export interface Tag {
  readonly name: string;
  /** False: nobody has defined it; the instruction is a general one. */
  readonly isKnown: boolean;
  readonly instruction: string;
  /** From settings; undefined when they say none. */
  readonly temperature: number | undefined;
  /** Of a built-in tag; models that take no temperature do without. */
  readonly usualTemperature: number | undefined;
  readonly model: string | undefined;
  readonly provider: string | undefined;
  /** A stored prompt instead of the instruction. */
  readonly prompt: { readonly name: string; readonly label: string | undefined } | undefined;
}

export type Records = readonly Readonly<Record<string, unknown>>[];

/** What a tag nobody has defined is told. */
const GENERAL = 'You are a helpful assistant. Do what the text asks for.';

/** The value of a key in the highest file that has it. */
function read(records: Records, key: string): unknown {
  return records.find((record) => (record[key] ?? '') !== '')?.[key];
}

function readText(records: Records, key: string): string | undefined {
  const value = read(records, key);
  if (value === undefined || typeof value === 'string') return value;
  throw textErrors.create('COAIA-6005', `${key} is no text.`, { hint: 'coaia config path' });
}

function readTemperature(records: Records, key: string): number | undefined {
  const value = read(records, key);
  if (value === undefined) return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && number >= 0 && number <= 2) return number;
  throw textErrors.create('COAIA-6005', `${key} is no number from 0 to 2.`, {
    hint: 'coaia config path',
  });
}

/** A tag by its name; one that nobody has defined has `isKnown: false`. COAIA-6005. */
export function findTag(name: string, records: Records): Tag {
  const builtIn = Object.hasOwn(builtInTags, name) ? builtInTags[name] : undefined;
  const own = readText(records, `${name}_instruction`);
  const prompt = readText(records, `${name}_prompt`);
  const short = readText(records, `${name}_mns`);
  const model = readText(records, `${name}_model`) ?? short;
  return {
    name,
    isKnown: [builtIn, own, prompt].some((one) => one !== undefined),
    instruction: own ?? builtIn?.instruction ?? GENERAL,
    temperature:
      readTemperature(records, `${name}_temperature`) ??
      readTemperature(records, `${name}_default_temperature`) ??
      readTemperature(records, 'default_temperature'),
    usualTemperature: builtIn?.temperature,
    model: model === undefined ? undefined : toLongName(model, records),
    provider: readText(records, `${name}_provider`),
    prompt: prompt === undefined ? undefined : parsePrompt(prompt),
  };
}

/** `name` or `name@label`. */
function parsePrompt(text: string): { readonly name: string; readonly label: string | undefined } {
  const at = text.lastIndexOf('@');
  return at < 1
    ? { name: text, label: undefined }
    : { name: text.slice(0, at), label: text.slice(at + 1) };
}

/** The name that `mns` gives a short one. */
export function toLongName(model: string, records: Records): string {
  for (const { mns } of records) {
    const long = isObject(mns) ? mns[model] : undefined;
    if (typeof long === 'string' && long !== '') return long;
  }
  return model;
}

export interface ListedTag {
  readonly tag: string;
  /** `built-in`, or `settings` also where they change a built-in one. */
  readonly source: 'built-in' | 'settings';
  readonly summary: string;
}

/** Every tag there is, by name. */
export function listTags(records: Records): readonly ListedTag[] {
  const own = records
    .flatMap((record) => Object.keys(record))
    .flatMap((key) => /^(\w+?)_(?:instruction|prompt)$/.exec(key)?.[1] ?? [])
    .filter((name) => name !== 'default_preprompt');
  return [...new Set([...Object.keys(builtInTags), ...own])].toSorted().map((tag) => ({
    tag,
    source: own.includes(tag) ? 'settings' : 'built-in',
    summary: toSummary(tag, records),
  }));
}

function toSummary(name: string, records: Records): string {
  const { instruction, prompt } = findTag(name, records);
  if (prompt !== undefined)
    return `prompt ${prompt.name}${prompt.label === undefined ? '' : `@${prompt.label}`}`;
  const builtIn = builtInTags[name];
  if (builtIn !== undefined && builtIn.instruction === instruction) return builtIn.summary;
  const line = instruction.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
