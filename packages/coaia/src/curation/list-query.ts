/** Query parameters that the room's lists share, as they come from an address: texts, or lists of texts. */
import { parseTime } from '#base';
import { z } from 'zod';

const first = (value: unknown) => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return one === '' || one === null ? undefined : one;
};

/** Optional text; an empty one counts as absent. */
export const textParameter = z.preprocess(first, z.string().optional());

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

/** The meta of a numbered page. */
export const pageMetaAnswer = z.object({
  page: z.int(),
  limit: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
});
