/** Stores the trace events of a batch, and what its observations change about traces. */
import type { TraceRow } from '#store';
import { needsRecount, toAggregates, toSum } from './aggregates.ts';
import type { TraceDelta } from './aggregates.ts';
import type { ObservationChanges } from './apply-observations.ts';
import type { Batch } from './batch.ts';
import { createTraceShell, foldTrace } from './fold-trace.ts';
import {
  deleteTraceRow,
  readAggregates,
  readNarrowTraces,
  readSessionIds,
  readTraces,
  updateAggregates,
} from './storage.ts';
import type { StorageContext } from './storage.ts';

export interface TraceChanges {
  readonly created: number;
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

interface Plan {
  readonly whole: TraceRow[];
  readonly narrow: TraceRow[];
  readonly deleted: string[];
  created: number;
}

/** What planning needs besides the trace at hand. */
interface Work {
  readonly context: StorageContext;
  readonly plan: Plan;
  readonly batch: Batch;
  readonly observed: ObservationChanges;
  readonly now: number;
}

export async function applyTraces(
  context: StorageContext,
  batch: Batch,
  observed: ObservationChanges,
  now: number,
): Promise<TraceChanges> {
  const named = [...batch.traces.keys()];
  const others = [...observed.deltas].filter(([id]) => !batch.traces.has(id));
  const whole = await readTraces(context, named);
  const narrow = await readNarrowTraces(
    context,
    others.map(([id]) => id),
  );
  const plan: Plan = { whole: [], narrow: [], deleted: [], created: 0 };
  const work: Work = { context, plan, batch, observed, now };
  for (const id of named) await planNamed(work, id, whole.get(id));
  for (const [id, delta] of others) await planObserved(work, id, delta, narrow.get(id));
  await context.tx.upsert('traces', plan.whole);
  for (const row of plan.narrow) await updateAggregates(context, row, now);
  for (const id of plan.deleted) await deleteTraceRow(context, id);
  return {
    created: plan.created - plan.deleted.length,
    changed: [...plan.whole, ...plan.narrow].map((row) => row.id),
    deleted: plan.deleted,
  };
}

/** A trace that events of this batch name: the whole row is written. */
async function planNamed(work: Work, id: string, before: TraceRow | undefined): Promise<void> {
  const { context, plan, batch, observed, now } = work;
  const folded = foldTrace(context.projectId, id, before, batch.traces.get(id) ?? [], now);
  const delta = observed.deltas.get(id);
  const row = folded ?? before;
  if (row === undefined || (folded === undefined && delta === undefined)) return;
  if (before === undefined) plan.created++;
  plan.whole.push(
    delta === undefined ? row : await withDelta(context, { ...row, updated_at: now }, delta),
  );
}

/** A trace that only observations of this batch name: its aggregates change, or it comes into being. */
async function planObserved(
  { context, plan, observed, now }: Work,
  id: string,
  delta: TraceDelta,
  before: TraceRow | undefined,
): Promise<void> {
  if (before === undefined) {
    const start = observed.firstStarts.get(id) ?? now;
    const shell = createTraceShell(context.projectId, id, start, 'default', now);
    plan.created++;
    plan.whole.push(await withDelta(context, shell, delta));
    return;
  }
  const row = await withDelta(context, before, delta);
  // A wrapper whose only observation turned out to belong elsewhere.
  if (row.writers === null && row.observation_count <= 0) plan.deleted.push(id);
  else plan.narrow.push(row);
}

async function withDelta(
  context: StorageContext,
  row: TraceRow,
  delta: TraceDelta,
): Promise<TraceRow> {
  const after = { ...row, ...toAggregates(row, delta) };
  const counted = needsRecount(row, delta) ? await readAggregates(context, row.id) : undefined;
  if (counted === undefined) return after;
  const { environment, total_cost, ...rest } = counted;
  const isShell = row.writers === null;
  return {
    ...after,
    ...rest,
    total_cost: total_cost === null ? null : toSum(0, total_cost),
    ...(isShell
      ? { timestamp: rest.start_time ?? row.timestamp, environment: environment ?? 'default' }
      : {}),
  };
}

/** Every session that a trace event names exists from then on. Returns the ids of new sessions. */
export async function applySessions(
  context: StorageContext,
  batch: Batch,
  now: number,
): Promise<readonly string[]> {
  const environments = new Map<string, string>();
  for (const { columns } of [...batch.traces.values()].flat()) {
    const { session_id: id, environment } = columns;
    if (typeof id === 'string') environments.set(id, String(environment ?? 'default'));
  }
  if (environments.size === 0) return [];
  const stored = await readSessionIds(context, [...environments.keys()]);
  const fresh = [...environments].filter(([id]) => !stored.has(id));
  await context.tx.upsert(
    'sessions',
    fresh.map(([id, environment]) => ({
      project_id: context.projectId,
      id,
      created_at: now,
      environment,
      public: 0,
      bookmarked: 0,
    })),
  );
  return fresh.map(([id]) => id);
}
