/** Which tokens are options: argparse's rules for short, long, attached, abbreviated and single-dash words. */
import { findNearest } from '#base';
import type { OptionSpec } from '#surface';
import { usageError } from './errors.ts';

export interface OptionEntry {
  /** Key in the command's options. */
  readonly key: string;
  /** Long spelling without dashes. */
  readonly long: string;
  readonly spec: OptionSpec;
  readonly isGlobal: boolean;
}

export interface OptionTable {
  readonly long: ReadonlyMap<string, OptionEntry>;
  readonly short: ReadonlyMap<string, OptionEntry>;
  /** Single-dash words: `-te`. */
  readonly shorthands: ReadonlyMap<string, { readonly entry: OptionEntry; readonly value: string }>;
}

/** What one word of the command line is. */
export type Token =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'option';
      readonly entry: OptionEntry;
      readonly spelled: string;
      /** Text after `=` or glued to a short option. */
      readonly attached?: string;
      /** `--no-x` of a boolean `x`. */
      readonly negated?: boolean;
    }
  | { readonly kind: 'shorthand'; readonly entry: OptionEntry; readonly value: string }
  | { readonly kind: 'unknown'; readonly text: string };

type Specs = Readonly<Record<string, OptionSpec>>;

/** Long spelling of an option key: camelCase keys become kebab-case. */
export function toLongName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** All spellings of a command's options; a command's own option wins over a global one of the same name. */
export function createOptionTable(own: Specs, globals: Specs): OptionTable {
  const long = new Map<string, OptionEntry>();
  const short = new Map<string, OptionEntry>();
  const shorthands = new Map<string, { entry: OptionEntry; value: string }>();
  const add = (specs: Specs, isGlobal: boolean) => {
    for (const [key, spec] of Object.entries(specs)) {
      const entry: OptionEntry = { key, long: toLongName(key), spec, isGlobal };
      for (const name of [entry.long, ...(spec.aliases ?? [])]) long.set(name, entry);
      if (spec.short !== undefined) short.set(spec.short, entry);
      for (const [word, value] of Object.entries(spec.shorthands ?? {}))
        shorthands.set(word, { entry, value });
    }
  };
  add(globals, true);
  add(own, false);
  return { long, short, shorthands };
}

/** True for tokens that argparse reads as values although they start with a dash: `-1`, `-.5`, `-5m`. */
export function isNegativeValue(text: string): boolean {
  return /^-\.?\d/.test(text);
}

/** Says what a word is. Throws a usage error for an ambiguous abbreviation. */
export function readToken(text: string, table: OptionTable): Token {
  if (text === '--') return { kind: 'end' };
  if (!text.startsWith('-') || text === '-') return { kind: 'value', text };
  const token = text.startsWith('--') ? readLong(text, table) : readShort(text, table);
  if (token !== undefined) return token;
  return /\s/.test(text) || isNegativeValue(text)
    ? { kind: 'value', text }
    : { kind: 'unknown', text };
}

function readLong(text: string, table: OptionTable): Token | undefined {
  const equals = text.indexOf('=');
  const name = text.slice(2, equals === -1 ? undefined : equals);
  const attached = equals === -1 ? {} : { attached: text.slice(equals + 1) };
  const entry = table.long.get(name) ?? findByPrefix(name, table);
  if (entry !== undefined) return { kind: 'option', entry, spelled: `--${name}`, ...attached };
  const positive = name.startsWith('no-') ? table.long.get(name.slice(3)) : undefined;
  return positive?.spec.type === 'boolean' && equals === -1
    ? { kind: 'option', entry: positive, spelled: text, negated: true }
    : undefined;
}

/** Unique prefixes, first among the frozen CoAiAPy options, then among all. */
function findByPrefix(name: string, table: OptionTable): OptionEntry | undefined {
  if (name === '') return undefined;
  const matches = [...table.long].filter(([long]) => long.startsWith(name));
  for (const stage of [matches.filter(([, { spec }]) => spec.compat === true), matches]) {
    const entries = new Set(stage.map(([, entry]) => entry));
    if (entries.size === 1) return [...entries][0];
    if (entries.size > 1) {
      const names = stage.map(([long]) => `--${long}`).join(', ');
      throw usageError(`The abbreviation --${name} is ambiguous: it could be ${names}.`);
    }
  }
  return undefined;
}

function readShort(text: string, table: OptionTable): Token | undefined {
  const body = text.slice(1);
  const shorthand = table.shorthands.get(body);
  if (shorthand !== undefined) return { kind: 'shorthand', ...shorthand };
  const letter = body.slice(0, 1);
  const entry = table.short.get(letter);
  if (entry === undefined) return undefined;
  const rest = body.slice(1);
  const spelled = `-${letter}`;
  if (rest === '') return { kind: 'option', entry, spelled };
  return {
    kind: 'option',
    entry,
    spelled,
    attached: rest.startsWith('=') ? rest.slice(1) : rest,
  };
}

/** The error for a word that looks like an option and is none. */
export function unknownOption(text: string, table: OptionTable) {
  const name = text.replace(/^-+/, '').replace(/=.*$/s, '');
  const [nearest] = findNearest(name, [...table.long.keys()]);
  const close = nearest === undefined ? '' : ` Did you mean --${nearest}?`;
  const said = `There is no option ${text.replace(/=.*$/s, '')}.${close}`;
  // An id may begin with a dash: one of 64 media ids does.
  return text.startsWith('--') ? usageError(said) : usageError(said, toValueHint(text));
}

function toValueHint(text: string): string {
  return `put -- before it if it is a value, as in: -- ${text}`;
}
