/** A reference to a file beside what a field holds already. */
import { isObject } from '#base';

/** The reference as the SDKs write it. */
export function toMediaToken(contentType: string, mediaId: string): string {
  return `@@@langfuseMedia:type=${contentType}|id=${mediaId}|source=file@@@`;
}

/**
 * The value of a field with the reference added: a text gets a line, a list an element, an object the member
 * `media`, any other value becomes a list. Undefined when the reference stands there already.
 */
export function addToken(value: unknown, token: string): unknown {
  if (holds(value, token)) return undefined;
  if (value === null || value === undefined || value === '') return token;
  if (typeof value === 'string') return `${value}\n${token}`;
  if (Array.isArray(value)) return [...(value as readonly unknown[]), token];
  if (!isObject(value)) return [value, token];
  return { ...value, media: toList(value['media'], token) };
}

/** The same for metadata, which is always an object. */
export function addTokenToMetadata(value: unknown, token: string): unknown {
  if (holds(value, token)) return undefined;
  // Metadata is merged by key, so the one key is enough.
  return { media: toList(isObject(value) ? value['media'] : undefined, token) };
}

function toList(value: unknown, token: string): unknown {
  if (value === undefined || value === null || value === '') return token;
  return Array.isArray(value) ? [...(value as readonly unknown[]), token] : [value, token];
}

function holds(value: unknown, token: string): boolean {
  return value !== undefined && JSON.stringify(value).includes(token);
}
