/** The calls of a step stand below its observation. */
import type { ChatTrace } from '#models';
import type { ActionContext } from '#surface';

export function toStepTrace({ traceId, observationId }: ActionContext, name: string): ChatTrace {
  return { traceId, parentId: observationId, name };
}
