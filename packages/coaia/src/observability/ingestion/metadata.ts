/** Metadata as Langfuse merges it: objects deeply, anything else replaces. */
import { isObject } from '#base';
import type { Json, JsonObject } from '#base';

/** Deep merge of `next` onto `base`; null and scalars replace, arrays replace, objects merge key by key. */
export function mergeDeep(base: Json, next: Json): Json {
  if (!isObject(base) || !isObject(next)) return next;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(next)) {
    const before = merged.get(key);
    merged.set(key, before === undefined ? value : mergeDeep(before, value));
  }
  // Own properties even for the name __proto__, as JSON has it.
  return Object.fromEntries(merged);
}

/** A metadata value of an event in the form that merges: what is no object goes under the key `metadata`. */
export function toMetadata(value: unknown): Json | undefined {
  if (value === undefined || value === null) return value;
  return isObject(value) ? (value as JsonObject) : { metadata: value as Json };
}

/**
 * Metadata as stored text. It is searched by key, and Postgres cannot read JSON with an escaped NUL or half a
 * surrogate pair, so these become the replacement character.
 */
export function toMetadataText(value: Json): string {
  const text = JSON.stringify(value);
  if (!text.includes(String.raw`\u0000`) && !text.includes(String.raw`\ud`)) return text;
  return text.replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f]..)/g, String.raw`$1\ufffd`);
}
