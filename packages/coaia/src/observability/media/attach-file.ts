/** Writing the reference to an uploaded file into the field of a trace or an observation. */
import type { IngestionEvent } from '#base';
import type { Observation, TraceDetail } from '@coaia/client';
import { createEvent } from '../terminal/send-events.ts';
import { toUpdateEvent } from '../terminal/update-event.ts';
import { addToken, addTokenToMetadata } from './attach-token.ts';

export type MediaField = 'input' | 'output' | 'metadata';

/** What a file is attached to; a trace that nobody has sent yet is only an id. */
export type Subject =
  | { readonly kind: 'trace'; readonly trace: Pick<TraceDetail, 'id'> & Partial<TraceDetail> }
  | { readonly kind: 'observation'; readonly observation: Observation };

/** The event that adds the references and changes nothing else; undefined when they all stand there already. */
export function toAttachEvent(
  subject: Subject,
  field: MediaField,
  tokens: readonly string[],
): IngestionEvent | undefined {
  const record = subject.kind === 'trace' ? subject.trace : subject.observation;
  const add = field === 'metadata' ? addTokenToMetadata : addToken;
  let value: unknown = record[field];
  let isChanged = false;
  for (const token of tokens) {
    const next = add(value, token);
    if (next === undefined) continue;
    value = next;
    isChanged = true;
  }
  if (!isChanged) return undefined;
  return subject.kind === 'trace'
    ? createEvent('trace-create', { id: subject.trace.id, [field]: value })
    : toUpdateEvent(subject.observation, { [field]: value });
}
