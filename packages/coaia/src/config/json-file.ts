/** Settings files in JSON: one object each. */
import { isObject } from '#base';
import { findJsonError } from './json-position.ts';
import { damagedFile, readSmallFile, toLine } from './read-file.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** The object in a file; undefined when there is no file or it is empty. Throws COAIA-0201 naming file and line. */
export function readJsonFile(path: string): JsonRecord | undefined {
  const text = readSmallFile(path);
  return text === undefined ? undefined : parseJsonRecord(path, text);
}

/** The object in a text that was read from `path`; undefined for an empty text. */
export function parseJsonRecord(path: string, text: string): JsonRecord | undefined {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const position = findJsonError(text) ?? text.length;
    const reason = /^[<=>]{7}/.test(text.slice(position, position + 7))
      ? 'has conflict markers of a merge'
      : 'is not valid JSON';
    throw damagedFile(path, reason, toLine(text, position));
  }
  if (!isObject(value)) throw damagedFile(path, 'must hold one JSON object');
  return value;
}
