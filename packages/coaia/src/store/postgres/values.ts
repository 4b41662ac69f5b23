/** Values on their way into and out of Postgres, so that both databases give back the same. */
import type { CustomTypesConfig } from 'pg';

const OID = { bool: 16, bytea: 17, int8: 20, json: 114, numeric: 1700, jsonb: 3802 } as const;

/** Whole numbers and decimals come back as numbers, booleans as 0 and 1, JSON as text, bytes as they are: as from SQLite. */
export function openTypes(types: CustomTypesConfig): CustomTypesConfig {
  return {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
      switch (oid) {
        case OID.int8:
        case OID.numeric:
          return Number;
        case OID.bool:
          return (text: string) => (text === 't' ? 1 : 0);
        case OID.json:
        case OID.jsonb:
          return (text: string) => text;
        case OID.bytea: {
          const toBuffer = types.getTypeParser(oid, format) as (text: string) => Buffer;
          return (text: string) => new Uint8Array(toBuffer(text));
        }
        default:
          return types.getTypeParser(oid, format) as (text: string) => unknown;
      }
    }) as CustomTypesConfig['getTypeParser'],
  };
}

/** Postgres texts cannot hold the character U+0000; it becomes the replacement character U+FFFD. */
export function toParameters(values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    if (typeof value === 'string')
      return value.includes('\0') ? value.replaceAll('\0', '�') : value;
    if (typeof value === 'boolean') return value ? 1 : 0;
    return value ?? null;
  });
}

/** Escapes that Postgres' JSON functions refuse: U+0000 and halves of surrogate pairs. */
const REFUSED_ESCAPE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;
const PAIR = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/i;

/** A text that is itself JSON, with the refused escapes replaced. */
export function toSafeJson(text: string): string {
  const clean = text.replaceAll('\0', '�').toWellFormed();
  if (!clean.includes(String.raw`\u`)) return clean;
  // Escaped pairs are valid; writing them out leaves only the refused ones for the second step.
  return PAIR.test(clean)
    ? JSON.stringify(toWellFormedValue(JSON.parse(clean)))
    : clean.replaceAll(REFUSED_ESCAPE, String.raw`$1\ufffd`);
}

function toWellFormedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '�').toWellFormed();
  if (Array.isArray(value)) return value.map(toWellFormedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      toWellFormedValue(key) as string,
      toWellFormedValue(item),
    ]),
  );
}
