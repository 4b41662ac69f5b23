/** What crosses the wire for media. */
import { parseTime } from '#base';
import { z } from 'zod';
import { limitParameter, pageParameter, textParameter } from '../list-query.ts';
import { CONTENT_TYPES, MAX_MEDIA_BYTES, parseSha256 } from './media.ts';

const id = z.string().min(1).max(1000);
const hash = z
  .string()
  .refine((text) => parseSha256(text) !== undefined, 'must be a SHA-256 in base64, 44 characters');

const bytes = {
  contentType: z.enum(CONTENT_TYPES),
  contentLength: z.int().min(1).max(MAX_MEDIA_BYTES),
  sha256Hash: hash,
};

const TRACE_FIELDS = ['input', 'output', 'metadata'];
const ITEM_FIELDS = ['input', 'expectedOutput', 'metadata'];

export const uploadBody = z
  .object({
    ...bytes,
    traceId: id.nullish(),
    observationId: id.nullish(),
    datasetId: id.nullish(),
    datasetItemId: id.nullish(),
    field: z.string(),
  })
  .superRefine((body, context) => {
    const problem = findProblem(body);
    if (problem !== undefined) context.addIssue({ code: 'custom', ...problem });
  });

/** A parsed body of `POST /media`. */
export type UploadBody = z.infer<typeof uploadBody>;

interface Context {
  readonly traceId?: string | null | undefined;
  readonly observationId?: string | null | undefined;
  readonly datasetId?: string | null | undefined;
  readonly datasetItemId?: string | null | undefined;
  readonly field: string;
}

function findProblem(body: Context) {
  const isTrace = Boolean(body.traceId);
  const isItem = Boolean(body.datasetId) && Boolean(body.datasetItemId);
  const others = isTrace ? [body.datasetId, body.datasetItemId] : [body.observationId];
  if (isTrace === isItem || others.some(Boolean)) {
    const message =
      'Give either traceId (and observationId), or datasetId together with datasetItemId';
    return { path: [isTrace ? 'datasetId' : 'traceId'], message };
  }
  const allowed = isTrace ? TRACE_FIELDS : ITEM_FIELDS;
  if (allowed.includes(body.field)) return undefined;
  return { path: ['field'], message: `must be one of ${allowed.join(', ')}` };
}

export const uploadAnswer = z.object({ mediaId: z.string(), uploadUrl: z.string().nullable() });

export const patchBody = z.object({
  uploadedAt: z.string().transform((text, context) => {
    const time = parseTime(text);
    if (time !== undefined) return time;
    context.addIssue({ code: 'custom', message: `"${text}" is no ISO 8601 time` });
    return z.NEVER;
  }),
  uploadHttpStatus: z.int(),
  uploadHttpError: z.string().nullish(),
  uploadTimeMs: z.number().min(0).nullish(),
});

/** A parsed body of `PATCH /media/{mediaId}`. */
export type PatchBody = z.infer<typeof patchBody>;

const record = {
  mediaId: z.string(),
  contentType: z.string(),
  contentLength: z.int(),
  uploadedAt: z.iso.datetime(),
  url: z.string(),
  urlExpiry: z.string(),
};

export const mediaAnswer = z.object(record);

export const mediaListQuery = z.object({
  traceId: textParameter,
  observationId: textParameter,
  datasetItemId: textParameter,
  page: pageParameter,
  limit: limitParameter(100, 50),
});

/** A parsed query of `GET /api/v1/media`. */
export type MediaListQuery = z.infer<typeof mediaListQuery>;

export const mediaListAnswer = z.object({
  data: z.array(
    z.object({
      ...record,
      field: z.string(),
      traceId: z.string().nullable(),
      observationId: z.string().nullable(),
      datasetId: z.string().nullable(),
      datasetItemId: z.string().nullable(),
    }),
  ),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});
