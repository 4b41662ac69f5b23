/** Files of variables: a JSON object or dotenv text, told apart by the first character. */
import { isObject } from '#base';
import { isArmoured } from './age/header.ts';
import type { EnvKeys } from './age/keys.ts';
import { openEncrypted } from './age/keys.ts';
import { isEnvName, parseDotenv, renderDotenvLine } from './dotenv.ts';
import { configErrors } from './errors.ts';
import { parseJsonRecord } from './json-file.ts';
import { damagedFile, readSmallFile } from './read-file.ts';

export interface EnvFileContent {
  readonly format: 'json' | 'env';
  readonly values: Readonly<Record<string, string>>;
  /** Sentences about lines that were skipped, naming file and line. */
  readonly problems: readonly string[];
  /** The text of the file, which an armoured age file holds encrypted. */
  readonly text: string;
  readonly isEncrypted: boolean;
}

/**
 * Variables of a file; undefined when there is no such file. Nested JSON objects become `OUTER__INNER`. An
 * armoured age file is opened with `keys`; without them it counts as closed. Throws COAIA-0201 for a damaged file, COAIA-0220 to COAIA-0223 for one
 * that does not open.
 */
export function readEnvFile(path: string, keys?: EnvKeys): EnvFileContent | undefined {
  const text = readSmallFile(path);
  if (text === undefined) return undefined;
  // By its name such a file is encrypted, even when nothing in it looks like that any more.
  return isArmoured(text) || path.endsWith('.age')
    ? { ...parseEnvText(path, openEncrypted(path, text, keys)), isEncrypted: true }
    : parseEnvText(path, text);
}

/** Variables of a text that was read from `path`. Throws COAIA-0201 for a damaged one. */
export function parseEnvText(path: string, text: string): EnvFileContent {
  if (text.trimStart().startsWith('{')) {
    const values: Record<string, string> = Object.create(null) as Record<string, string>;
    addJsonValues(values, '', parseJsonRecord(path, text) ?? {});
    return { format: 'json', values, problems: [], text, isEncrypted: false };
  }
  const marker = /^(?:<{7}|={7}|>{7})(?:[ \t]|$)/m.exec(text);
  if (marker !== null) {
    const line = text.slice(0, marker.index).split('\n').length;
    throw damagedFile(path, 'has conflict markers of a merge', line);
  }
  const { entries, problems } = parseDotenv(text);
  const values = Object.create(null) as Record<string, string>;
  for (const { name, value } of entries) values[name] = value;
  const sentences = toSentences(path, problems);
  return { format: 'env', values, problems: sentences, text, isEncrypted: false };
}

function toSentences(
  path: string,
  problems: readonly { readonly line: number; readonly reason: string }[],
): readonly string[] {
  const shown = problems
    .slice(0, 3)
    .map(({ line, reason }) => `${path}, line ${line} ${reason}; the line is ignored.`);
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `${path}: ${more} more lines are ignored.`] : shown;
}

function addJsonValues(
  values: Record<string, string>,
  prefix: string,
  record: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(record)) {
    const name = `${prefix}${key}`;
    if (isObject(value)) addJsonValues(values, `${name}__`, value);
    else if (typeof value === 'string') values[name] = value;
    else if (value !== null) values[name] = JSON.stringify(value);
  }
}

/**
 * The text of a file of variables in one of the two formats; `readEnvFile` reads it back unchanged. Throws
 * COAIA-0204 for a name that a shell could not export (it could smuggle a command into `eval`).
 */
export function renderEnvFile(
  format: EnvFileContent['format'],
  values: Readonly<Record<string, string>>,
): string {
  const pairs = Object.entries(values);
  const bad = pairs.find(([name]) => !isEnvName(name));
  if (bad !== undefined) {
    throw configErrors.create('COAIA-0204', `${JSON.stringify(bad[0])} is no name of a variable.`, {
      hint: 'use letters, digits and _, not beginning with a digit',
    });
  }
  return format === 'json'
    ? `${JSON.stringify(Object.fromEntries(pairs), null, 2)}\n`
    : pairs.map(([name, value]) => `${renderDotenvLine(name, value)}\n`).join('');
}
