/** `POST /api/public/ingestion`: the batch API of every Langfuse SDK before version 4. */
import { isObject, jsonDepth } from '#base';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { ingestBatch } from './ingest-batch.ts';
import { batchBody, ingestionAnswer } from './schema.ts';

/** 4.5 MB, as Langfuse has it. */
const BATCH_LIMIT = 4_500_000;

/** Levels of brackets in a batch, as everywhere else in the API. */
const DEPTH_LIMIT = 200;

const ingestion = defineRoute({
  method: 'POST',
  path: '/api/public/ingestion',
  operation: 'ingestion.batch',
  summary: 'Store a batch of trace, observation and score events; answered per event.',
  access: 'scores',
  needs: observabilityPorts,
  rawBody: true,
  bodyLimit: BATCH_LIMIT,
  body: batchBody,
  response: ingestionAnswer,
  status: 207,
  async handler({ api, scope, body }) {
    const envelope = parseEnvelope(body as unknown as Uint8Array);
    if ('issues' in envelope) {
      // Here, and only here, Langfuse calls the list of issues `errors`.
      return { status: 400, json: { message: 'Invalid request data', errors: envelope.issues } };
    }
    return { status: 207, json: await ingestBatch(api, scope, envelope.batch) };
  },
});

type Envelope =
  | { readonly batch: readonly unknown[] }
  | { readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[] };

/** The envelope is checked by hand: events are validated one by one when they are folded. */
function parseEnvelope(bytes: Uint8Array): Envelope {
  if (jsonDepth(bytes, DEPTH_LIMIT) > DEPTH_LIMIT)
    return { issues: [{ path: [], message: `Nested deeper than ${DEPTH_LIMIT} levels` }] };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { issues: [{ path: [], message: `Not JSON in UTF-8: ${(error as Error).message}` }] };
  }
  if (isObject(value) && Array.isArray(value.batch)) return { batch: value.batch };
  return { issues: [{ path: ['batch'], message: 'Expected an object with an array named batch' }] };
}

export const ingestionRoutes: readonly Route[] = [ingestion];
