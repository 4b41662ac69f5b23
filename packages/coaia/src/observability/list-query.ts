/** Query parameters that several lists share, as they come from an address: texts, or lists of texts. */
import { parseTime } from '#base';
import { z } from 'zod';

const blank = (value: unknown) => (value === '' || value === null ? undefined : value);
const first = (value: unknown) => blank(Array.isArray(value) ? value[0] : value);

/** Optional text; an empty one counts as absent. */
export const textParameter = z.preprocess(first, z.string().optional());

/** Each value is a condition of its own, and SQLite takes expressions of at most 1,000 levels. */
const MAX_LIST = 200;

/** Optional list of at most 200 texts: the parameter repeated, or given once with commas, as older SDKs do. */
export const listParameter = z.preprocess((value) => {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const [only] = given;
  const all = given.length === 1 && typeof only === 'string' ? only.split(',') : given;
  const list = all.filter((item) => blank(item) !== undefined);
  return list.length === 0 ? undefined : list;
}, z.array(z.string()).max(MAX_LIST).optional());

/** Optional ISO 8601 time; the result is epoch milliseconds. */
export const timeParameter = z.preprocess(
  first,
  z
    .string()
    .transform((text, context) => {
      // A plus sign that was not percent-encoded arrives as a space.
      const time = parseTime(text.replace(/ (\d{2}:?\d{2})$/, '+$1'));
      if (time !== undefined) return time;
      context.addIssue({ code: 'custom', message: `"${text}" is no ISO 8601 time` });
      return z.NEVER;
    })
    .optional(),
);

/** Optional yes or no. */
export const flagParameter = z.preprocess(
  first,
  z
    .enum(['true', 'false', '1', '0'])
    .transform((text) => text === 'true' || text === '1')
    .optional(),
);

/** Page number from 1. */
export const pageParameter = z.preprocess(first, z.coerce.number().int().min(1).default(1));

/** Items per page from 1 to `most`. */
export function limitParameter(most: number, preset: number) {
  return z.preprocess(first, z.coerce.number().int().min(1).max(most).default(preset));
}
