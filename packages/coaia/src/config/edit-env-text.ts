/** Changes variables in the text of an env file and leaves everything else in it as it is. */
import { isObject } from '#base';
import { parseDotenv, renderDotenvLine } from './dotenv.ts';
import type { DotenvEntry } from './dotenv.ts';
import { parseJsonRecord } from './json-file.ts';
import type { JsonRecord } from './json-file.ts';

/** New values by name; undefined takes the variable out. */
export type EnvChanges = ReadonlyMap<string, string | undefined>;

/** The changed text, in the format it had. `path` is named by COAIA-0201 when the text is damaged. */
export function editEnvText(path: string, text: string, changes: EnvChanges): string {
  return text.trimStart().startsWith('{')
    ? editJson(path, text, changes)
    : editDotenv(text, changes);
}

/** Comments, order, indentation, line ends and what cannot be understood stay. */
function editDotenv(text: string, changes: EnvChanges): string {
  const lines = text.split('\n');
  const done = new Set<string>();
  // From the last line to the first, so that the numbers before stay right.
  for (const entry of parseDotenv(text).entries.toReversed()) {
    const { name, line, lastLine } = entry;
    const value = changes.get(name);
    // Of two lines for one variable the last counts.
    const isStale = value !== undefined && done.has(name);
    if (changes.has(name) && !isStale)
      lines.splice(line - 1, lastLine - line + 1, ...renderLine(entry, value, lines));
    done.add(name);
  }
  const added = [...changes].flatMap(([name, value]) =>
    value === undefined || done.has(name) ? [] : [renderDotenvLine(name, value)],
  );
  return added.length === 0 ? lines.join('\n') : appendLines(lines, added);
}

/** The new line of a variable with what stood around it; none when it is taken out. */
function renderLine(
  entry: DotenvEntry,
  value: string | undefined,
  lines: readonly string[],
): readonly string[] {
  if (value === undefined) return [];
  const mark = entry.line === 1 && lines[0]?.startsWith('\uFEFF') === true ? '\uFEFF' : '';
  const ending = lines[entry.lastLine - 1]?.endsWith('\r') === true ? '\r' : '';
  return [mark + renderEntry(entry, value) + ending];
}

function appendLines(lines: readonly string[], added: readonly string[]): string {
  const ending = lines[0]?.endsWith('\r') === true ? '\r' : '';
  const last = lines.at(-1) ?? '';
  const kept = last === '' ? lines.slice(0, -1) : [...lines.slice(0, -1), last + ending];
  return `${[...kept, ...added.map((line) => line + ending)].join('\n')}\n`;
}

function renderEntry({ name, around: [before, after] }: DotenvEntry, value: string): string {
  return `${before}${renderDotenvLine(name, value)}${after.trim() === '' ? '' : after}`;
}

/** Other keys, their order, the indentation and the last line break stay. */
function editJson(path: string, text: string, changes: EnvChanges): string {
  let record = parseJsonRecord(path, text) ?? {};
  for (const [name, value] of changes)
    record = editRecord(record, '', name, value) ?? setKey(record, name, value);
  const indent = /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? (text.includes('\n') ? 2 : undefined);
  const written = JSON.stringify(record, null, indent ?? 2);
  return text.endsWith('\n') || text.trim() === '{}' ? `${written}\n` : written;
}

/** A record is built from pairs: `__proto__` is a name like any other. */
function setKey(record: JsonRecord, key: string, value: unknown): JsonRecord {
  const pairs = Object.entries(record).map((pair) => (pair[0] === key ? [key, value] : pair));
  const all = Object.hasOwn(record, key) ? pairs : [...pairs, [key, value]];
  return Object.fromEntries(all.filter(([, one]) => one !== undefined)) as JsonRecord;
}

/** Changes the key, or that of a nested object, which reads as `name`; undefined when there is none. */
function editRecord(
  record: JsonRecord,
  prefix: string,
  name: string,
  value: string | undefined,
): JsonRecord | undefined {
  for (const [key, inner] of Object.entries(record)) {
    const full = `${prefix}${key}`;
    if (isObject(inner)) {
      const changed = editRecord(inner, `${full}__`, name, value);
      if (changed !== undefined) return setKey(record, key, changed);
    } else if (full === name) return setKey(record, key, value);
  }
  return undefined;
}
