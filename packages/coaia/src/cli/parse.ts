/** From words to a command's input, with the habits of argparse (docs/cli.md, "How the line is read"). */
import type { OptionSpec, PositionalSpec } from '#surface';
import { usageError } from './errors.ts';
import { globalOptions } from './flags.ts';
import { toArgumentName } from './argument-name.ts';
import type { OptionEntry, OptionTable, Token } from './options.ts';
import { createOptionTable, readToken, toLongName, unknownOption } from './options.ts';
import { parseSwitch, parseValue, quote } from './values.ts';

/** What the parser needs of a command. */
export interface Grammar {
  readonly positionals: readonly PositionalSpec[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly takesRest?: boolean;
  readonly takesUnknown?: boolean;
}

export interface ParsedLine {
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
  readonly rest: readonly string[];
  /** Global options that were given, by name. */
  readonly globals: ReadonlyMap<string, unknown>;
}

interface State {
  readonly words: readonly string[];
  readonly table: OptionTable;
  readonly own: Map<string, unknown>;
  readonly globals: Map<string, unknown>;
  readonly values: string[];
  rest: readonly string[];
  index: number;
}

/** Parses what follows (and surrounds) the command's words. Throws usage errors (exit 2). */
export function parseLine(grammar: Grammar, words: readonly string[]): ParsedLine {
  const state: State = {
    words,
    table: createOptionTable(grammar.options, globalOptions),
    own: new Map(),
    globals: new Map(),
    values: [],
    rest: [],
    index: 0,
  };
  while (state.index < words.length)
    if (grammar.takesUnknown !== true || !readUnknown(state))
      readNext(state, grammar.takesRest === true);
  return {
    options: toOptions(grammar.options, state.own),
    args: toArgs(grammar.positionals, state.values),
    rest: state.rest,
    globals: state.globals,
  };
}

/** Takes an option that nobody declared, and the value behind it, as they are. False for everything else. */
function readUnknown(state: State): boolean {
  const text = state.words[state.index] ?? '';
  const name = /^--([^=]+)/.exec(text)?.[1];
  const isKnown = (long: string) => state.table.long.has(long);
  if (name === undefined || isKnown(name) || isKnown(name.replace(/^no-/, ''))) return false;
  state.index++;
  const values = text.includes('=') ? [] : readValues(state, 1);
  state.rest = [...state.rest, text, ...values];
  return true;
}

function readNext(state: State, takesRest: boolean): void {
  const token = readToken(state.words[state.index] ?? '', state.table);
  state.index++;
  if (token.kind === 'end') {
    const left = state.words.slice(state.index);
    if (takesRest) state.rest = [...state.rest, ...left];
    else state.values.push(...left);
    state.index = state.words.length;
  } else if (token.kind === 'value') state.values.push(token.text);
  else if (token.kind === 'unknown') throw unknownOption(token.text, state.table);
  else if (token.kind === 'shorthand') {
    const { entry, value } = token;
    const isSwitch = entry.spec.type === 'boolean';
    setValue(
      state,
      entry,
      isSwitch ? value !== 'false' : parseValue(entry.spec, `--${entry.long}`, value),
    );
  } else readOption(state, token);
}

function readOption(state: State, token: Extract<Token, { kind: 'option' }>): void {
  const { entry, spelled, attached } = token;
  if (entry.spec.type === 'boolean') readSwitch(state, token);
  else if (entry.spec.isPair === true) readPair(state, token);
  else if (entry.spec.type === 'list') {
    const list = attached === undefined ? readValues(state) : [attached];
    if (list.length === 0) throw missingValue(spelled);
    setValue(
      state,
      entry,
      list.map((text) => parseValue(entry.spec, spelled, text)),
    );
  } else {
    const text = attached ?? readValues(state, 1)[0];
    if (text === undefined) throw missingValue(spelled);
    setValue(state, entry, parseValue(entry.spec, spelled, text));
  }
}

/** `KEY=VALUE`, or the value is the next word: in the older form nothing that begins with a dash and a letter. */
function readPair(state: State, token: Extract<Token, { kind: 'option' }>): void {
  const { entry, spelled, attached } = token;
  const first = attached ?? readValues(state, 1)[0];
  if (first === undefined) throw missingValue(spelled);
  const words = ASSIGNMENT.test(first) ? [first] : [first, ...readValues(state, 1)];
  if (words.length === 1 && !ASSIGNMENT.test(first))
    throw usageError(`${spelled} ${quote(first)} has no value.`, `write ${spelled} ${first}=VALUE`);
  setValue(state, entry, words);
}

/** The first word of a pair that holds its value as well. */
const ASSIGNMENT = /^[A-Za-z_][\w.-]*:?=/;

/** A switch; `-qy` is `-q -y`, and `--flag=false` is understood. */
function readSwitch(state: State, token: Extract<Token, { kind: 'option' }>): void {
  const { entry, spelled, attached } = token;
  const isCluster = attached !== undefined && !spelled.startsWith('--');
  if (isCluster && !state.words[state.index - 1]?.startsWith(`${spelled}=`)) {
    setValue(state, entry, true);
    const next = readToken(`-${attached}`, state.table);
    if (next.kind !== 'option') throw unknownOption(`-${attached}`, state.table);
    readOption(state, next);
  } else {
    const given = attached === undefined ? true : parseSwitch(spelled, attached);
    setValue(state, entry, token.negated === true ? !given : given);
  }
}

/** The values that follow, up to `limit` or the next word that is an option. */
function readValues(state: State, limit = Number.POSITIVE_INFINITY): string[] {
  const values: string[] = [];
  while (values.length < limit && state.index < state.words.length) {
    const token = readToken(state.words[state.index] ?? '', state.table);
    if (token.kind !== 'value') break;
    values.push(token.text);
    state.index++;
  }
  return values;
}

function missingValue(spelled: string) {
  return usageError(
    `${spelled} needs a value.`,
    `write ${spelled.startsWith('--') ? `${spelled}=-VALUE` : `${spelled}VALUE`} for a value that begins with a dash`,
  );
}

/** Lists and repeatable options add up; for all others the last one counts. */
function setValue(state: State, entry: OptionEntry, value: unknown): void {
  const target = entry.isGlobal ? state.globals : state.own;
  const addsUp = entry.spec.type === 'list' || entry.spec.repeatable === true;
  const before = (target.get(entry.key) ?? []) as readonly unknown[];
  target.set(entry.key, addsUp ? [...before, value].flat() : value);
  // `--json` of a command that declares its own is still a wish for JSON.
  if (!entry.isGlobal && entry.spec.type === 'boolean' && entry.long in globalOptions)
    state.globals.set(entry.long, value);
}

function toOptions(
  specs: Readonly<Record<string, OptionSpec>>,
  given: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries(specs)) {
    if (given.has(key)) options[key] = given.get(key);
    else if (spec.required === true)
      throw usageError(`The option --${toLongName(key)} is required: ${spec.summary}.`);
    else if (spec.default !== undefined) options[key] = spec.default;
  }
  return options;
}

function toArgs(
  specs: readonly PositionalSpec[],
  values: readonly string[],
): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  const missing: string[] = [];
  let used = 0;
  for (const spec of specs) {
    const taken = spec.variadic === true ? values.slice(used) : values.slice(used, used + 1);
    used += taken.length;
    if (taken.length === 0 && spec.required === true) missing.push(toArgumentName(spec));
    args[spec.name] = spec.variadic === true ? taken : taken[0];
  }
  if (missing.length > 0) throw usageError(`Missing: ${missing.join(', ').replace(/\.+$/, '')}.`);
  const extra = values[used];
  if (extra !== undefined) throw usageError(`Unexpected argument ${quote(extra)}.`);
  return args;
}
