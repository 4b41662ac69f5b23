/** Which event type carries an observation. */
import type { IngestionEvent } from '#base';
import { createEvent } from './send-events.ts';

/** Fields that only generations have in the typed events. */
const MODEL_FIELDS = [
  'model',
  'modelParameters',
  'usage',
  'usageDetails',
  'costDetails',
  'completionStartTime',
  'promptName',
];

/**
 * `span-create`, `generation-create`, `event-create` and so on. A span or event that carries model fields or an
 * end it could not have travels as `observation-create`, the form that takes every field for every type.
 */
export function createObservationEvent(
  body: Readonly<Record<string, unknown>> & { readonly type: string },
  now?: number,
): IngestionEvent {
  const { type, ...rest } = body;
  const isPlain = type === 'SPAN' || type === 'EVENT';
  const hasModel = MODEL_FIELDS.some((field) => body[field] !== undefined);
  const isGeneric = (isPlain && hasModel) || (type === 'EVENT' && body['endTime'] !== undefined);
  return isGeneric
    ? createEvent('observation-create', body, now)
    : createEvent(`${type.toLowerCase()}-create`, rest, now);
}
