/** Ingestion in pieces that every server takes. */
import { isClientError } from './client-error.ts';
import type { IngestionEvent, IngestionResult } from './wire.ts';

/** Langfuse refuses bodies over 4.5 MB; the rest is room for the envelope and for proxies. */
export const MAX_BATCH_BYTES = 3_500_000;

export interface Batch {
  readonly ids: readonly string[];
  /** The JSON body of the request. */
  readonly body: string;
}

/** Cuts events into bodies under `maxBytes`; an event larger than that travels alone. Order is kept. */
export function toBatches(
  events: readonly IngestionEvent[],
  metadata: unknown,
  maxBytes = MAX_BATCH_BYTES,
): readonly Batch[] {
  const encoder = new TextEncoder();
  const tail = metadata === undefined ? ']}' : `],"metadata":${JSON.stringify(metadata)}}`;
  const frame = encoder.encode(`{"batch":${tail}`).length + 1;
  const batches: Batch[] = [];
  let ids: string[] = [];
  let parts: string[] = [];
  let bytes = frame;
  const close = (): void => {
    batches.push({ ids, body: `{"batch":[${parts.join(',')}${tail}` });
    ids = [];
    parts = [];
    bytes = frame;
  };
  for (const event of events) {
    const text = JSON.stringify(event);
    const size = encoder.encode(text).length + 1;
    if (parts.length > 0 && bytes + size > maxBytes) close();
    ids.push(event.id);
    parts.push(text);
    bytes += size;
  }
  if (parts.length > 0 || batches.length === 0) close();
  return batches;
}

/**
 * Sends batches one after the other and joins their answers. When a later batch fails after an earlier one was
 * stored, its events are reported as errors instead of losing what is known; a failing first batch rejects.
 */
export async function sendBatches(
  batches: readonly Batch[],
  send: (body: string) => Promise<IngestionResult>,
): Promise<IngestionResult> {
  const successes: IngestionResult['successes'][number][] = [];
  const errors: IngestionResult['errors'][number][] = [];
  for (const [index, batch] of batches.entries()) {
    try {
      const result = await send(batch.body);
      successes.push(...(result.successes ?? []));
      errors.push(...(result.errors ?? []));
    } catch (error) {
      if (index === 0 || !isClientError(error)) throw error;
      const { status, message } = error;
      for (const id of batch.ids) errors.push({ id, status, message });
    }
  }
  return { successes, errors };
}
