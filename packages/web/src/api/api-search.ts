/** What the address of the page says. */
export interface ApiSearch {
  /** What is looked for in the list. */
  readonly q?: string;
  /** The operation that is open, by its id. */
  readonly op?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseApiSearch(raw: Readonly<Record<string, unknown>>): ApiSearch {
  const { q, op } = raw;
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(typeof op === 'string' && op !== '' ? { op } : {}),
  };
}
