/** Writing one score: the same way in as a `score-create` event. */
import { createId, invalidRequest, toIso, type Scope } from '#base';
import { ingestBatch } from '../ingestion/ingest-batch.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { scoreFailures } from './errors.ts';
import type { ScoreBody } from './schema.ts';

/**
 * Stores a score, or changes the one with the same id. Fails with COAIA-0002 for a body that is no score,
 * COAIA-1080 for a config that does not exist and COAIA-1081 for a score that does not keep to its config.
 */
export async function createScore(
  ports: ObservabilityPorts,
  scope: Scope,
  body: ScoreBody,
): Promise<{ readonly id: string }> {
  const id = body.id || createId();
  if (body.source === 'ANNOTATION' && !body.configId && body.dataType !== 'CORRECTION') {
    throw scoreFailures.create('COAIA-1081', 'A score with source ANNOTATION needs a configId.');
  }
  const event = {
    id: toEventId(),
    type: 'score-create',
    timestamp: toIso(ports.clock()),
    body: { ...body, id },
  };
  const { errors } = await ingestBatch(ports, scope, [event]);
  const [refused] = errors;
  if (refused === undefined) return { id };
  if (Array.isArray(refused.error)) {
    throw invalidRequest(refused.message ?? 'Invalid request data', refused.error);
  }
  const code = refused.status === 404 ? 'COAIA-1080' : 'COAIA-1081';
  throw scoreFailures.create(code, refused.message ?? 'The score was refused.');
}

let calls = 0;

/** Of two calls in one millisecond the later has the greater id, so that it wins. */
function toEventId(): string {
  calls++;
  return `call-${calls.toString(36).padStart(9, '0')}-${createId()}`;
}
