/** Changes of an observation that leave its type and times alone. */
import type { IngestionEvent } from '#base';
import type { Observation } from '@coaia/client';
import { createEvent } from './send-events.ts';

/** An event that sets the given fields of an observation. */
export function toUpdateEvent(
  observation: Pick<Observation, 'id' | 'traceId' | 'type'>,
  fields: Readonly<Record<string, unknown>>,
): IngestionEvent {
  const { id, type } = observation;
  const body = { id, traceId: observation.traceId ?? undefined, ...fields };
  if (type === 'SPAN' || type === 'GENERATION')
    return createEvent(`${type.toLowerCase()}-update`, body);
  // The generic form carries the type, because it would be unknown otherwise.
  return createEvent('observation-update', { ...body, type });
}
