/** Where an uploaded file is referred to, and what its step answers. */
import type { Uploaded } from '#observability';
import type { ActionContext, ActionResult } from '#surface';
import { z } from 'zod';
import { toTarget } from './write-score.ts';

/** Without any of them only the step's own output refers to the file. */
export const mediaTarget = {
  trace_id: z.string().min(1).optional(),
  observation_id: z.string().min(1).optional(),
  /** Id of an earlier step of this run. */
  step: z.string().min(1).optional(),
  field: z.enum(['input', 'output', 'metadata']).optional(),
} as const;

const target = z.object(mediaTarget);

export function toPlace(
  context: Pick<ActionContext, 'runId' | 'traceId' | 'observationId'>,
  input: z.infer<typeof target>,
) {
  const isAttached = Object.values(input).some((value) => value !== undefined);
  if (!isAttached) {
    const { traceId, observationId } = context;
    return { traceId, observationId, field: 'output' as const, isAttached };
  }
  const { traceId = context.traceId, observationId } = toTarget(context, input);
  return {
    traceId,
    ...(observationId === undefined ? {} : { observationId }),
    field: input.field ?? ('metadata' as const),
    isAttached,
  };
}

/** The reference as pages and SDKs know it. */
export function toStored({ mediaId, contentType }: Uploaded, name: string): ActionResult {
  return {
    output: {
      media_id: mediaId,
      content_type: contentType,
      media: `@@@langfuseMedia:type=${contentType}|id=${mediaId}|source=file@@@`,
      name,
    },
  };
}
