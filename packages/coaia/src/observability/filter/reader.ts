/** A place in a filter text, and the smallest things that can be read there: words, quotes, stars. */
import { readFailures } from '../errors.ts';
import type { CoaiaError } from '#base';

/** Reads forward through one text. */
export interface Reader {
  readonly text: string;
  at: number;
}

/** What a value was written as: literal parts between stars, and the ends of a range. */
export interface RawValue {
  readonly parts: readonly string[];
  /** Parts of the upper end when the value was `from..to`. */
  readonly upTo: readonly string[] | undefined;
  readonly quoted: boolean;
}

const SPACE = /\s/;
/** What ends an unquoted value: white space, and inside brackets also brackets. */
export const VALUE_END = /\s/;
export const LIST_VALUE_END = /[\s()]/;

/** Moves past white space. */
export function readSpace(reader: Reader): void {
  while (reader.at < reader.text.length && SPACE.test(reader.text[reader.at] ?? '')) reader.at++;
}

/** True when the text goes on with exactly these characters. */
export function isNext(reader: Reader, characters: string): boolean {
  return reader.text.startsWith(characters, reader.at);
}

/** Reads one of the upper-case joining words when it stands alone. */
export function readWord(reader: Reader, word: string): boolean {
  if (!isNext(reader, word)) return false;
  const after = reader.text[reader.at + word.length];
  if (after !== undefined && !/[\s()]/.test(after)) return false;
  reader.at += word.length;
  return true;
}

/** Reads `"..."` with `\"` and `\\` inside. */
export function readQuoted(reader: Reader): string {
  const start = reader.at++;
  let value = '';
  while (reader.at < reader.text.length) {
    const char = reader.text[reader.at++] ?? '';
    if (char === '"') return value;
    value += char === '\\' && reader.at < reader.text.length ? reader.text[reader.at++] : char;
  }
  throw toSyntaxError(reader, start, 'A quote is opened but not closed.', 'add a closing "');
}

/** Reads a value: quoted and unquoted pieces next to each other, stars and one `..` outside quotes. */
export function readValue(reader: Reader, stop: RegExp): RawValue {
  const ends: string[][] = [['']];
  let quoted = false;
  const add = (text: string) => {
    const parts = ends.at(-1) ?? [];
    parts.push(`${parts.pop() ?? ''}${text}`);
  };
  while (reader.at < reader.text.length) {
    const char = reader.text[reader.at] ?? '';
    if (char === '"') {
      add(readQuoted(reader));
      quoted = true;
    } else if (stop.test(char)) break;
    else if (char === '*') {
      (ends.at(-1) ?? []).push('');
      reader.at++;
    } else if (ends.length === 1 && isNext(reader, '..')) {
      ends.push(['']);
      reader.at += 2;
    } else {
      add(char);
      reader.at++;
    }
  }
  return { parts: ends[0] ?? [''], upTo: ends[1], quoted };
}

/** 400 for text that breaks the grammar, with the place in `details`. */
export function toSyntaxError(
  reader: Reader,
  start: number,
  message: string,
  hint?: string,
): CoaiaError {
  const length = Math.max(1, reader.at - start);
  return readFailures.create('COAIA-1020', `${message} (position ${start + 1} of the filter)`, {
    details: { position: start, length, suggestions: [] },
    ...(hint === undefined ? {} : { hint }),
  });
}
