/** Flushes into the store: log, counts and ids in one transaction, traces in the next. */
import type { Clock, Recorder, Scope } from '#base';
import type { Database, Transaction } from '#store';
import { writeTraces } from '../traces/write-traces.ts';
import type { Flush, FlushSink } from './flush.ts';

export interface StoreSinkPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Through which predictions become traces. */
  readonly recorder: Recorder<Transaction>;
}

/** Segments that one round of pruning deletes. */
const PRUNED_AT_ONCE = 500;

export function createStoreSink({ db, recorder }: StoreSinkPorts, scope: Scope): FlushSink {
  const project_id = scope.projectId;
  return {
    async write({ segments, ids, sketches, stats, events }: Flush) {
      await db.write(async (tx) => {
        await tx.upsert(
          'prediction_segments',
          segments.map((row) => ({ ...row, project_id })),
        );
        await tx.upsert(
          'prediction_ids',
          ids.map((row) => ({ ...row, project_id })),
        );
        await tx.upsert(
          'prediction_sketches',
          sketches.map((row) => ({ ...row, project_id })),
        );
        await tx.upsert(
          'prediction_stats',
          stats.map((row) => ({ ...row, project_id })),
        );
        const models = new Set([...segments, ...stats].map(({ model }) => model));
        await tx.addChanges(
          project_id,
          [...models].map((id) => ({ kind: 'model', id })),
        );
      });
      // A trace that cannot be written (the log is) must not hold the log back; reading the prediction writes it again.
      await writeTraces({ db, recorder }, scope, events);
    },
    async prune(before) {
      const removed = await db.write(async (tx) => {
        const old = await tx.read<{ id: string }>(
          'SELECT id FROM prediction_segments WHERE project_id = ? AND last_at < ? ORDER BY last_at LIMIT ?',
          [project_id, before, PRUNED_AT_ONCE],
        );
        const list = JSON.stringify(old.map(({ id }) => id));
        await tx.run(
          `DELETE FROM prediction_ids WHERE project_id = ? AND ${db.dialect.inList('segment_id')}`,
          [project_id, list],
        );
        await tx.run(
          `DELETE FROM prediction_segments WHERE project_id = ? AND ${db.dialect.inList('id')}`,
          [project_id, list],
        );
        await tx.run(
          `DELETE FROM prediction_stats WHERE project_id = ? AND at < ? AND route IN ('live', 'shadow')`,
          [project_id, before],
        );
        return old.length;
      });
      return removed === PRUNED_AT_ONCE;
    },
  };
}
