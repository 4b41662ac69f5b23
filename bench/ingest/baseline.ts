/**
 * The stand-in the server is compared with: parse a batch and write the same rows into the same tables and
 * indexes, durably, without HTTP, validation or merging. Runs as its own process; every line on stdin asks
 * for that many batches, the answer is the number of events written.
 */
import { createInterface } from 'node:readline';
import { openDatabase } from '../../packages/coaia/src/store/index.ts';
import type { ObservationRow, TraceRow } from '../../packages/coaia/src/store/index.ts';
import { parseBatch } from '../../packages/coaia/src/observability/ingestion/batch.ts';
import { foldObservation } from '../../packages/coaia/src/observability/ingestion/fold-observation.ts';
import { findPrice } from '../../packages/coaia/src/observability/prices/find-price.ts';
import { foldTrace } from '../../packages/coaia/src/observability/ingestion/fold-trace.ts';
import { createBatch } from './batches.ts';

/** Batches that share one commit, about what concurrent requests share in the server. */
const PER_COMMIT = 32;

interface Prepared {
  readonly text: string;
  readonly traces: readonly TraceRow[];
  readonly observations: readonly ObservationRow[];
}

/** Rows are made before the clock runs; only parsing and writing are measured. */
function prepare(): Prepared {
  const text = createBatch();
  const { batch } = parseBatch((JSON.parse(text) as { batch: unknown[] }).batch, {
    level: 'project',
    ties: 'position',
    start: 0,
  });
  const now = Date.now();
  const context = { projectId: 'default', now, findPrice };
  return {
    text,
    traces: [...batch.traces].flatMap(
      ([id, patches]) => foldTrace('default', id, undefined, patches, now) ?? [],
    ),
    observations: [...batch.observations].flatMap(
      ([id, patches]) => foldObservation(context, id, undefined, patches) ?? [],
    ),
  };
}

const db = await openDatabase(
  { kind: 'sqlite', path: process.argv[2] ?? '' },
  { mode: 'server', migrate: 'create' },
);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const prepared = Array.from({ length: Number(line) }, prepare);
  const before = process.cpuUsage();
  for (let index = 0; index < prepared.length; index += PER_COMMIT) {
    const group = prepared.slice(index, index + PER_COMMIT);
    for (const { text } of group) JSON.parse(text);
    await db.write(async (tx) => {
      for (const { traces, observations } of group) {
        await tx.upsert('traces', traces);
        await tx.upsert('observations', observations);
      }
    });
  }
  const used = process.cpuUsage(before);
  process.stdout.write(`${(used.user + used.system) / 1000}\n`);
}
await db.close();
