/** Reads the fields of an event body one by one and collects what is wrong with them. */
import { isValidTime, parseTime } from '#base';

export interface FieldIssue {
  readonly path: readonly string[];
  readonly message: string;
}

type Body = Readonly<Record<string, unknown>>;

/** Absent stays undefined, null stays null; a wrong value is an issue and counts as absent. */
export class BodyReader {
  readonly issues: FieldIssue[] = [];
  readonly #body: Body;

  constructor(body: Body) {
    this.#body = body;
  }

  raw(field: string): unknown {
    return this.#body[field];
  }

  reject(field: string, message: string): void {
    this.issues.push({ path: ['body', field], message });
  }

  text(field: string): string | null | undefined {
    return this.#read(field, toText, 'a string');
  }

  /** An id: a string that is not empty; null counts as absent. */
  id(field: string): string | undefined {
    return this.#read(field, toId, ID_RULE) ?? undefined;
  }

  time(field: string): number | null | undefined {
    return this.#read(field, toTime, 'an ISO 8601 date-time between year 1 and 9999');
  }

  flag(field: string): number | null | undefined {
    return this.#read(field, toFlag, 'a boolean');
  }

  whole(field: string): number | null | undefined {
    return this.#read(field, toWhole, 'a whole number');
  }

  /** One of the given words in any case; the canonical word is returned. */
  word<T extends string>(field: string, words: readonly T[]): T | undefined {
    const toWord = (value: unknown) =>
      typeof value === 'string' ? words.find((word) => word === value.toUpperCase()) : undefined;
    return this.#read(field, toWord, `one of ${words.join(', ')}`) ?? undefined;
  }

  texts(field: string): readonly string[] | undefined {
    return this.#read(field, toTexts, 'an array of strings') ?? undefined;
  }

  /** Any JSON value in its stored text form. */
  json(field: string): string | null | undefined {
    const value = this.#body[field];
    if (value === undefined || value === null) return value;
    return JSON.stringify(value);
  }

  #read<T>(
    field: string,
    parse: (value: unknown) => T | undefined,
    expected: string,
  ): T | null | undefined {
    const value = this.#body[field];
    if (value === undefined || value === null) return value;
    const parsed = parse(value);
    if (parsed === undefined) this.reject(field, `Expected ${expected}, got ${toTypeName(value)}`);
    return parsed;
  }
}

const toText = (value: unknown) => (typeof value === 'string' ? toPlain(value) : undefined);

const toId = (value: unknown) => (isId(value) ? value : undefined);

const toWhole = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

function toFlag(value: unknown): number | undefined {
  if (typeof value !== 'boolean') return undefined;
  return value ? 1 : 0;
}

function toTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === 'string').map((item) => toPlain(item));
  return texts.length === value.length ? texts : undefined;
}

/** What an id is, as refusals say it. */
export const ID_RULE =
  'an id, a string that is not empty and has no NUL and no half surrogate pair';

/**
 * A string that can name a record: not empty, without NUL, which Postgres cannot store, and without half
 * surrogate pairs, which become one and the same character in UTF-8.
 */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0') && value.isWellFormed();
}

/** Text as both databases store it: NUL and half surrogate pairs become the replacement character. */
export function toPlain(text: string): string {
  const plain = text.toWellFormed();
  return plain.includes('\0') ? plain.replaceAll('\0', '\u{FFFD}') : plain;
}

/** Epoch milliseconds from ISO text or from milliseconds. */
function toTime(value: unknown): number | undefined {
  if (typeof value === 'string') return parseTime(value);
  if (typeof value === 'number' && isValidTime(value)) return Math.round(value);
  return undefined;
}

function toTypeName(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

/**
 * Environment names as Langfuse keeps them: lower case, a leading `langfuse` removed, `[a-z0-9-_]`, at most
 * 40 characters; anything else is `default`.
 */
export function toEnvironment(value: string | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const name = value.toLowerCase().replace(/^langfuse/, '');
  return /^[a-z0-9_-]{1,40}$/.test(name) ? name : 'default';
}
