/** JSON values and the few operations on them that several rooms need. */

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** True for a plain object: not null, not an array. */
export function isObject(value: Json): value is JsonObject;
export function isObject(value: unknown): value is Record<string, unknown>;
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Deepest nesting of brackets in a JSON text, counted without parsing it; brackets in strings do not count.
 * Stops at `limit + 1`, so a hostile body costs at most one pass.
 */
export function jsonDepth(bytes: Uint8Array, limit: number): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) index = findStringEnd(bytes, index + 1);
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      if (depth > deepest) deepest = depth;
      if (deepest > limit) return deepest;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Place of the quote that ends the string; most bytes of a body lie in strings, so they are skipped natively. */
function findStringEnd(bytes: Uint8Array, from: number): number {
  let end = bytes.indexOf(QUOTE, from);
  while (end !== -1) {
    let before = end;
    while (bytes[before - 1] === BACKSLASH) before--;
    if ((end - before) % 2 === 0) return end;
    end = bytes.indexOf(QUOTE, end + 1);
  }
  return bytes.length;
}

/** Parses JSON text that we stored ourselves; null stays null. */
export function fromStored(text: string | null | undefined): Json {
  return text === null || text === undefined ? null : (JSON.parse(text) as Json);
}

/** The text form in which JSON values are stored; undefined and null are SQL NULL. */
export function toStored(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
