/** What crosses the wire for prompts. */
import { z } from 'zod';
import {
  flagParameter,
  limitParameter,
  pageParameter,
  textParameter,
  timeParameter,
} from '../list-query.ts';

export const promptListQuery = z.object({
  name: textParameter,
  label: textParameter,
  tag: textParameter,
  page: pageParameter,
  limit: limitParameter(100, 10),
  fromUpdatedAt: timeParameter,
  toUpdatedAt: timeParameter,
});

const versionNumber = z.coerce.number().int().min(1).max(1_000_000_000);

/** Optional version; an empty one counts as absent. */
const versionParameter = z.preprocess(
  (value) => (value === '' ? undefined : value),
  versionNumber.optional(),
);

export const promptQuery = z.object({
  version: versionParameter,
  label: textParameter,
  resolve: flagParameter,
});

export const promptDeleteQuery = z.object({ version: versionParameter, label: textParameter });

/** The first API named the prompt in the query. */
export const legacyPromptQuery = z.object({ name: z.string().min(1), version: versionParameter });

export const promptVersionParam = versionNumber;

const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

const placeholderName = z
  .string()
  .regex(/^[A-Za-z]\w*$/, 'starts with a letter, then letters, digits and underscores');

/** Members beside these are kept: tool calls, names, parts of other formats. */
const message = z.looseObject({
  type: z.literal('chatmessage').nullish(),
  role: z.string(),
  content: z.string(),
});

const placeholder = z.object({
  type: z.literal('placeholder').nullish(),
  name: placeholderName,
});

const chatPart = z.union([message, placeholder]).transform((part) => {
  if (!('role' in part)) return { type: 'placeholder' as const, name: part.name };
  const { type, ...rest } = part;
  return type ? { ...rest, type } : rest;
});

const shared = {
  name: z.string(),
  config: optional(z.unknown()),
  labels: optional(z.array(z.string()).max(100)),
  tags: optional(z.array(z.string().max(255)).max(100)),
  commitMessage: optional(z.string()),
};

const content = z.union([z.string(), z.array(chatPart).max(10_000)]);

export const createPromptBody = z.object({
  ...shared,
  type: optional(z.enum(['text', 'chat'])),
  prompt: content,
});

export const legacyPromptBody = createPromptBody.extend({ isActive: optional(z.boolean()) });

export const addLabelsBody = z.object({ newLabels: z.array(z.string()).max(100) });

export const protectedLabelsBody = z.object({ labels: z.array(z.string()).max(100) });

export const protectedLabelsAnswer = z.object({ labels: z.array(z.string()) });

const page = z.object({
  page: z.int(),
  limit: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
});

export const promptListAnswer = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['text', 'chat']),
      versions: z.array(z.int()),
      labels: z.array(z.string()),
      tags: z.array(z.string()),
      lastUpdatedAt: z.iso.datetime(),
      lastConfig: z.unknown(),
    }),
  ),
  meta: page,
  pagination: page,
});

const reference = z.object({ name: z.string(), version: z.int(), id: z.string() });

export const promptAnswer = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  projectId: z.string(),
  createdBy: z.string(),
  prompt: z.union([z.string(), z.array(z.record(z.string(), z.unknown()))]),
  name: z.string(),
  version: z.int(),
  type: z.enum(['text', 'chat']),
  isActive: z.boolean(),
  config: z.unknown(),
  tags: z.array(z.string()),
  labels: z.array(z.string()),
  commitMessage: z.string().nullable(),
  resolutionGraph: z
    .object({ root: reference, dependencies: z.record(z.string(), z.array(reference)) })
    .nullable(),
});
