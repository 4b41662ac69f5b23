/** The sort order that lists take as `orderBy`. */

/** One `field.asc` or `field.desc`. */
export interface Order<Name extends string = string> {
  readonly field: Name;
  readonly direction: 'asc' | 'desc';
}

/** Reads `orderBy`; undefined for a field or direction that is not offered. */
export function parseOrder<Name extends string>(
  text: string,
  fields: readonly Name[],
): Order<Name> | undefined {
  const [, name, direction] = /^([A-Za-z]+)\.(asc|desc)$/i.exec(text) ?? [];
  const field = fields.find((candidate) => candidate.toLowerCase() === name?.toLowerCase());
  if (field === undefined || direction === undefined) return undefined;
  return { field, direction: direction.toLowerCase() === 'asc' ? 'asc' : 'desc' };
}
