/** Paths and queries: every value that comes from a caller is percent-encoded. */
import { ClientError } from './client-error.ts';

type QueryValue = string | number | boolean | readonly string[] | undefined;

/**
 * `/api/public/...` with each segment encoded, so an id may hold slashes, quotes or dots.
 * Throws for the ids `.` and `..`: URL parsers fold them away, even encoded, into another address.
 */
export function toPath(...segments: readonly string[]): string {
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..') {
      throw new ClientError(`The id ${JSON.stringify(segment)} cannot be asked for over HTTP.`, {
        kind: 'rejected',
      });
    }
  }
  return `/api/public/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`;
}

/** `?a=1&b=x&b=y`, or an empty text. Undefined members are left out, lists are repeated. */
export function toQuery(values: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values) as [string, QueryValue][]) {
    if (value === undefined) continue;
    if (Array.isArray(value))
      for (const item of value as readonly string[]) search.append(name, item);
    else search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
