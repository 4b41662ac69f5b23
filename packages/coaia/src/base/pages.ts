/** The two ways lists are cut: numbered pages (Langfuse v1 and v2) and opaque cursors (v2 observations, v3). */

export interface Page<T> {
  readonly data: readonly T[];
  readonly meta: PageMeta;
}

export interface PageMeta {
  readonly page: number;
  readonly limit: number;
  readonly totalItems: number;
  readonly totalPages: number;
}

export interface CursorPage<T> {
  readonly data: readonly T[];
  readonly meta: { readonly cursor?: string };
}

/** Numbers of a page from its position and the number of all items. */
export function toPageMeta(page: number, limit: number, totalItems: number): PageMeta {
  return { page, limit, totalItems, totalPages: Math.ceil(totalItems / limit) };
}

/** An opaque cursor: base64 of compact JSON. */
export function toCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The value inside a cursor, or undefined when the text is not one of ours. */
export function parseCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
