/** What crosses the wire for projects of an organization. */
import { z } from 'zod';

const metadata = z.record(z.string(), z.unknown());

export const projectBody = z.object({
  name: z.string(),
  metadata: metadata.nullish(),
  retention: z.number().nullish(),
});

export const projectAnswer = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  metadata,
  retentionDays: z.int().nullish(),
});

export const organizationProjectsAnswer = z.object({
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      metadata: metadata.nullish(),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    }),
  ),
});

export const removalAnswer = z.object({ success: z.boolean(), message: z.string() });

export const removalsAnswer = z.object({
  data: z.array(
    z.object({
      projectId: z.string(),
      name: z.string(),
      state: z.enum(['running', 'done']),
      step: z.string().nullable(),
      rowCount: z.int(),
      requestedAt: z.iso.datetime(),
      finishedAt: z.iso.datetime().nullable(),
    }),
  ),
});
