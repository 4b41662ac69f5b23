/** Flushes that travel: a gateway on another machine sends them to the server that keeps them. */
import type { Scope } from '#base';
import type { PredictionFlush, PredictionsApi } from '@coaia/client';
import type { z } from 'zod';
import type { FlushSink } from './log/flush.ts';
import { createStoreSink } from './log/store-sink.ts';
import type { PredictionPorts } from './ports.ts';
import type { flushBody } from './schema.ts';

/** Sends flushes to a server. What is too old the server deletes by its own rules. */
export function createRemoteSink(api: Pick<PredictionsApi, 'writePredictions'>): FlushSink {
  return {
    async write({ segments, ids, sketches, stats, events }) {
      const coded = segments.map((row) => ({
        ...row,
        data: Buffer.from(row.data).toString('base64'),
      }));
      await api.writePredictions({
        segments: coded,
        ids: ids.map((row) => ({ ...row })),
        sketches: sketches.map((row) => ({ ...row })),
        stats: stats.map((row) => ({ ...row })),
        events,
      } satisfies PredictionFlush);
    },
    prune: async () => false,
  };
}

/** Writes a flush that arrived. */
export async function writeFlush(
  ports: PredictionPorts,
  scope: Scope,
  flush: z.infer<typeof flushBody>,
): Promise<{ readonly predictions: number }> {
  const segments = flush.segments.map((row) => ({ ...row, data: Buffer.from(row.data, 'base64') }));
  await createStoreSink(ports, scope).write({ ...flush, segments });
  return { predictions: segments.reduce((sum, row) => sum + row.prediction_count, 0) };
}
