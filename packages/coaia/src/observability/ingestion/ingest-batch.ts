/**
 * The one way in: every event, whether it came by the batch API, by OTLP or from the workbench itself, is
 * stored by `ingestBatch`. When it answers, what it reports as stored is durable and visible to every read.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IngestionEvent, Recorder, Scope } from '#base';
import type { Database, Transaction } from '#store';
import type { IngestionResult } from '@coaia/client';
import { kickChanges } from '../changes/poller.ts';
import { readPriceFinder } from '../models/project-prices.ts';
import type { PriceFinder } from '../prices/compute-cost.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { applyObservations } from './apply-observations.ts';
import { applySessions, applyTraces } from './apply-traces.ts';
import { parseBatch, toLockKeys } from './batch.ts';
import type { Batch, BatchRules, TieRule } from './batch.ts';
import { findConfigs } from './find-configs.ts';
import { foldScore } from './fold-score.ts';
import { readScores } from './storage.ts';
import type { StorageContext } from './storage.ts';

/**
 * Stores a batch. Each event is judged alone; the result lists what was stored (201) and what was refused and
 * why. Sending an event again changes nothing. Rejects only when nothing at all could be stored (disk full,
 * store busy or away).
 */
export async function ingestBatch(
  ports: ObservabilityPorts,
  scope: Scope,
  events: readonly unknown[],
  ties: TieRule = 'position',
): Promise<IngestionResult> {
  const results: IngestionResult[] = [];
  const writes: Promise<void>[] = [];
  for (let index = 0; index < events.length; index += SLICE) {
    // A long batch is cut, so that others get their turn; the slices share a commit.
    if (index > 0) await nextTurn();
    const slice = events.slice(index, index + SLICE);
    const configs = await findConfigs(ports.db, scope.projectId, slice);
    const rules = { level: scope.level, ties, start: index, ...toConfigs(configs) };
    const { batch, isEmpty, result } = parseBatch(slice, rules);
    results.push(result);
    if (!isEmpty) writes.push(writeBatch(ports, scope.projectId, batch));
  }
  await Promise.all(writes);
  if (writes.length > 0) kickChanges(ports.db);
  return {
    successes: results.flatMap(({ successes }) => successes),
    errors: results.flatMap(({ errors }) => errors),
  };
}

/** Events that are parsed and written in one go: about 10 ms of work. */
const SLICE = 250;

function toConfigs(configs: BatchRules['configs']): Pick<BatchRules, 'configs'> {
  return configs === undefined ? {} : { configs };
}

async function writeBatch(ports: ObservabilityPorts, projectId: string, batch: Batch) {
  await ports.db.write((tx) => applyBatch(tx, ports.db, { projectId, batch, now: ports.clock() }));
}

/** The recorder through which the other rooms are observed: their events join their own transaction. */
export function createRecorder(ports: ObservabilityPorts): Recorder<Transaction> {
  return {
    async record(transaction, scope, events: readonly IngestionEvent[]) {
      const { batch, isEmpty, result } = await parseJoined(ports, transaction, scope, events);
      const refused = result.errors[0];
      if (refused !== undefined) {
        throw new TypeError(`event ${refused.id} is malformed: ${JSON.stringify(refused.error)}`);
      }
      const { projectId } = scope;
      if (isEmpty) return;
      await applyBatch(transaction, ports.db, { projectId, batch, now: ports.clock() });
    },
  };
}

/**
 * Stores what another server has already priced, inside the caller's transaction: costs as they are given, and
 * none computed where none is given. Each event is judged alone, as `ingestBatch` does.
 */
export async function importEvents(
  ports: ObservabilityPorts,
  transaction: Transaction,
  scope: Scope,
  events: readonly IngestionEvent[],
): Promise<IngestionResult> {
  const { batch, isEmpty, result } = await parseJoined(ports, transaction, scope, events);
  if (isEmpty) return result;
  await applyBatch(transaction, ports.db, {
    projectId: scope.projectId,
    batch,
    now: ports.clock(),
    toFinder: (find) => (model, time) => {
      const entry = find(model, time);
      return entry === undefined ? undefined : { ...entry, tiers: [] };
    },
  });
  return result;
}

async function parseJoined(
  ports: ObservabilityPorts,
  transaction: Transaction,
  scope: Scope,
  events: readonly IngestionEvent[],
) {
  const configs = await findConfigs(ports.db, scope.projectId, events, transaction);
  return parseBatch(events, {
    level: scope.level,
    ties: 'position',
    start: 0,
    ...toConfigs(configs),
  });
}

interface Application {
  readonly projectId: string;
  readonly batch: Batch;
  readonly now: number;
  /** Changes what prices are found. */
  readonly toFinder?: (find: PriceFinder) => PriceFinder;
}

async function applyBatch(
  tx: Transaction,
  db: Database,
  { projectId, batch, now, toFinder = (find) => find }: Application,
): Promise<void> {
  const context: StorageContext = { tx, projectId, inIds: db.dialect.inList('id') };
  await tx.lock(toLockKeys(projectId, batch));
  const findPrice = toFinder(await readPriceFinder(db, context, batch.observations.size > 0));
  const observed = await applyObservations(context, batch, { projectId, now, findPrice });
  const traces = await applyTraces(context, batch, observed, now);
  const sessions = await applySessions(context, batch, now);
  const scores = await applyScores(context, batch, now);
  await tx.addToCounter(projectId, 'traces', traces.created);
  await tx.addToCounter(projectId, 'observations', observed.created);
  await tx.addToCounter(projectId, 'sessions', sessions.length);
  await tx.addToCounter(projectId, 'scores', scores.created);
  await tx.addChanges(projectId, [
    ...traces.changed.map((id) => ({ kind: 'trace' as const, id })),
    ...traces.deleted.map((id) => ({ kind: 'trace-deleted' as const, id })),
    ...sessions.map((id) => ({ kind: 'session' as const, id })),
    ...scores.traceIds.map((id) => ({ kind: 'score' as const, id })),
  ]);
}

async function applyScores(context: StorageContext, batch: Batch, now: number) {
  if (batch.scores.size === 0) return { created: 0, traceIds: [] };
  const stored = await readScores(context, [...batch.scores.keys()]);
  const rows = [...batch.scores]
    .map(([id, patches]) => foldScore(context.projectId, id, stored.get(id), patches, now))
    .filter((row) => row !== undefined);
  await context.tx.upsert('scores', rows);
  return {
    created: rows.filter((row) => !stored.has(row.id)).length,
    traceIds: [...new Set(rows.map((row) => row.trace_id ?? row.session_id ?? row.id))],
  };
}
