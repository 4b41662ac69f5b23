/** Stores the observation events of a batch and says what they change about their traces. */
import type { ObservationRow } from '#store';
import { addToDelta, createTraceDelta, removeFromDelta } from './aggregates.ts';
import type { TraceDelta } from './aggregates.ts';
import type { Batch } from './batch.ts';
import { foldObservation } from './fold-observation.ts';
import type { FoldContext } from './fold-observation.ts';
import { readObservations } from './storage.ts';
import type { StorageContext } from './storage.ts';

export interface ObservationChanges {
  readonly deltas: ReadonlyMap<string, TraceDelta>;
  readonly created: number;
  /** First start among a trace's changed observations, for traces that only observations know. */
  readonly firstStarts: ReadonlyMap<string, number>;
}

export async function applyObservations(
  context: StorageContext,
  batch: Batch,
  fold: FoldContext,
): Promise<ObservationChanges> {
  const deltas = new Map<string, TraceDelta>();
  const firstStarts = new Map<string, number>();
  if (batch.observations.size === 0) return { deltas, created: 0, firstStarts };
  const stored = await readObservations(context, [...batch.observations.keys()]);
  const rows: ObservationRow[] = [];
  for (const [id, patches] of batch.observations) {
    const before = stored.get(id);
    const after = foldObservation(fold, id, before, patches);
    if (after === undefined) continue;
    rows.push(after);
    if (before !== undefined) {
      const delta = deltaOf(deltas, before.trace_id);
      removeFromDelta(delta, before);
      if (before.trace_id !== after.trace_id) delta.mustRecount = true;
    }
    addToDelta(deltaOf(deltas, after.trace_id), after);
    const first = firstStarts.get(after.trace_id);
    if (first === undefined || after.start_time < first) {
      firstStarts.set(after.trace_id, after.start_time);
    }
  }
  await context.tx.upsert('observations', rows);
  return { deltas, created: rows.length - countStored(rows, stored), firstStarts };
}

function deltaOf(deltas: Map<string, TraceDelta>, traceId: string): TraceDelta {
  let delta = deltas.get(traceId);
  if (delta === undefined) {
    delta = createTraceDelta();
    deltas.set(traceId, delta);
  }
  return delta;
}

function countStored(
  rows: readonly ObservationRow[],
  stored: ReadonlyMap<string, unknown>,
): number {
  return rows.reduce((count, row) => count + (stored.has(row.id) ? 1 : 0), 0);
}
