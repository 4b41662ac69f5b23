/** `--wt 2.5 --cyl=4` as a row of the model. */
import { findNearest } from '#base';
import type { Field } from '../../signatures/signature.ts';
import { runningFailures } from '../errors.ts';
import { toShellWord } from './shell-word.ts';

/** Values by field, in their types. AO624 for what is no field or cannot be a value. */
export function toRow(
  words: readonly string[],
  inputs: readonly Field[],
): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < words.length; index++) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(words[index] ?? '');
    if (match === null) throw refuse(`"${words[index]}" is no option`, inputs);
    const [, name = '', attached] = match;
    const field = inputs.find((input) => input.name === name);
    if (field === undefined) throw toUnknown(name, inputs);
    const text = attached ?? findValue(words[index + 1]);
    row[name] = text === undefined ? toFlag(field) : toValue(field, text);
    if (attached === undefined && text !== undefined) index++;
  }
  return row;
}

/** The next word unless it is an option; `--5` is none. */
function findValue(next: string | undefined): string | undefined {
  return next === undefined || /^--\D/.test(next) ? undefined : next;
}

/** The option without a value: yes for what is yes or no. */
function toFlag({ name, type }: Field): boolean {
  if (type === 'boolean') return true;
  throw runningFailures.create('AO624', `--${name} needs a value.`, {
    hint: `write --${name} VALUE`,
  });
}

/** A text that is no value of its field goes on as it is: the service says what is wrong with it. */
function toValue(field: Field, text: string): unknown {
  if (field.shape.length > 0) return parseJson(field, text.startsWith('[') ? text : `[${text}]`);
  const isLevel = field.levels?.includes(text) === true;
  return !isLevel && /^(?:null|NA)$/.test(text) ? null : READERS[field.type](text, field);
}

const toNumber = (text: string): unknown =>
  // JSON has no infinity: it would be sent as a missing value.
  text.trim() === '' || !Number.isFinite(Number(text)) ? text : Number(text);

const toText = (text: string): unknown => text;

const READERS: Readonly<Record<Field['type'], (text: string, field: Field) => unknown>> = {
  number: toNumber,
  integer: toNumber,
  boolean(text) {
    if (/^(?:true|yes|1)$/i.test(text)) return true;
    return /^(?:false|no|0)$/i.test(text) ? false : text;
  },
  category: (text, { levels = [] }) => levels.find((level) => String(level) === text) ?? text,
  string: toText,
  date: toText,
  datetime: toText,
};

function parseJson({ name }: Field, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw runningFailures.create('AO624', `--${name} takes several values, such as '[1, 2]'.`);
  }
}

function toUnknown(name: string, inputs: readonly Field[]) {
  const [nearest] = findNearest(
    name,
    inputs.map((input) => input.name),
  );
  const question = nearest === undefined ? '' : ` Did you mean ${toShellWord(`--${nearest}`)}?`;
  return refuse(`The model takes no \`${name}\`.${question}`.replace(/\.$/, ''), inputs);
}

/** So many names are listed. */
const MOST = 20;

function refuse(what: string, inputs: readonly Field[]) {
  const rest = inputs.length - MOST;
  const takes = inputs
    .slice(0, MOST)
    .map(({ name, required }) =>
      required ? toShellWord(`--${name}`) : `[${toShellWord(`--${name}`)}]`,
    )
    .join(' ');
  return runningFailures.create(
    'AO624',
    `${what}${/[.?]$/.test(what) ? '' : '.'} It takes: ${takes}${rest > 0 ? ` and ${rest} more` : ''}`,
    {
      hint: 'ao call --data JSON',
    },
  );
}
