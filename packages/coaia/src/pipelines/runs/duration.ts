/** Spans of time in options and in `with`. */
import { invalidRequest } from '#base';
import { z } from 'zod';
import { toMilliseconds } from '../templates/duration.ts';

/** Milliseconds of an option such as `90s` or `15m`. Throws COAIA-0002. */
export function requireDuration(name: string, value: string): number {
  const found = toMilliseconds(value);
  if (found !== undefined) return found;
  throw invalidRequest(`"${name}" is no span of time such as 90s or 15m: ${value}`);
}

/** Milliseconds, in `with`. */
export const duration = z.union([z.string(), z.number()]).transform((value, context) => {
  const found = toMilliseconds(value);
  if (found !== undefined) return found;
  context.addIssue({ code: 'custom', message: 'Expected a span of time such as 30s' });
  return z.NEVER;
});
