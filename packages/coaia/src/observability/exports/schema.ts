/** What crosses the wire for exports to blob storage. */
import { parseTime } from '#base';
import { z } from 'zod';
import { EXPORT_TYPES, FIELD_GROUPS, FILE_TYPES, FREQUENCIES, MODES, SOURCES } from './export.ts';

const time = z.string().transform((text, context) => {
  const parsed = parseTime(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: `"${text}" is no ISO 8601 time` });
  return z.NEVER;
});

const prefix = z
  .string()
  .max(500)
  .regex(/^(?:[\w=@-][\w.=@-]*\/)*$/, 'must be a path that ends with a slash');

export const exportBody = z.object({
  projectId: z.string().min(1),
  type: z.enum(EXPORT_TYPES),
  bucketName: z.string().min(1).max(255),
  endpoint: z.string().max(500).nullish(),
  region: z.string().max(64).optional(),
  accessKeyId: z.string().max(500).nullish(),
  secretAccessKey: z.string().max(2000).nullish(),
  prefix: prefix.nullish(),
  exportFrequency: z.enum(FREQUENCIES),
  enabled: z.boolean(),
  forcePathStyle: z.boolean(),
  fileType: z.enum(FILE_TYPES),
  exportMode: z.enum(MODES),
  exportStartDate: time.nullish(),
  compressed: z.boolean().nullish(),
  exportSource: z.enum(SOURCES).nullish(),
  exportFieldGroups: z.array(z.enum(FIELD_GROUPS)).nullish(),
});

/** A parsed body of `PUT /integrations/blob-storage`. */
export type ExportBody = z.infer<typeof exportBody>;

const nullableTime = z.iso.datetime().nullable();

export const exportAnswer = z.object({
  id: z.string(),
  projectId: z.string(),
  type: z.enum(EXPORT_TYPES),
  bucketName: z.string(),
  endpoint: z.string().nullable(),
  region: z.string(),
  accessKeyId: z.string().nullable(),
  prefix: z.string(),
  exportFrequency: z.enum(FREQUENCIES),
  enabled: z.boolean(),
  forcePathStyle: z.boolean(),
  fileType: z.enum(FILE_TYPES),
  exportMode: z.enum(MODES),
  exportStartDate: nullableTime,
  compressed: z.boolean(),
  exportSource: z.enum(SOURCES),
  exportFieldGroups: z.array(z.enum(FIELD_GROUPS)).nullable(),
  nextSyncAt: nullableTime,
  lastSyncAt: nullableTime,
  lastError: z.string().nullable(),
  lastErrorAt: nullableTime,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const exportListAnswer = z.object({ data: z.array(exportAnswer) });

export const exportStatusAnswer = z.object({
  id: z.string(),
  projectId: z.string(),
  syncStatus: z.enum(['idle', 'running', 'queued', 'up_to_date', 'disabled', 'error']),
  enabled: z.boolean(),
  lastSyncAt: nullableTime,
  nextSyncAt: nullableTime,
  lastError: z.string().nullable(),
  lastErrorAt: nullableTime,
});

export const runBody = z.object({ windows: z.int().min(1).max(10_000).optional() });

export const runListAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      windowFrom: z.iso.datetime(),
      windowTo: z.iso.datetime(),
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime(),
      files: z.array(
        z.object({ table: z.string(), name: z.string(), rows: z.int(), bytes: z.int() }),
      ),
      error: z.string().nullable(),
    }),
  ),
});
