/** The answers of runs: which item, which trace, and what it cost, took and scored. */
import { setImmediate } from 'node:timers/promises';
import type { Scope } from '#base';
import type { CurationPorts } from '../../ports.ts';
import { readExperimentItems, type StoredExperimentItem } from '../storage.ts';
import { comparisonFailures } from './errors.ts';
import {
  readObservationFacts,
  readTraceFacts,
  readValues,
  type StoredFacts,
  type StoredValue,
} from './sources.ts';

/** Answers that one reading takes: 20 runs over 1,000 items. */
export const MOST_ANSWERS = 20_000;

/** Answers that are built before others get a turn. */
const ROWS_AT_ONCE = 2000;

/** Earliest time there is; runs are read whatever their age. */
const ALWAYS = -62_135_596_800_000;

/** A value of a score as it was given. */
export type ScoreValue = Pick<StoredValue, 'name' | 'value' | 'string_value' | 'data_type'>;

/** One answer of a run to one item. */
export interface Answer {
  readonly stored: StoredExperimentItem;
  readonly runId: string;
  readonly itemId: string;
  /** USD; null when unknown. */
  readonly cost: number | null;
  /** Milliseconds; null when it has not ended. */
  readonly latency: number | null;
  readonly isError: boolean;
  readonly values: readonly ScoreValue[];
}

/** Every answer of the runs, oldest first. Fails with COAIA-2302 when there are too many. */
export async function readAnswers(
  { db }: CurationPorts,
  { projectId }: Scope,
  runIds: readonly string[],
  most = MOST_ANSWERS,
): Promise<readonly Answer[]> {
  if (runIds.length === 0) return [];
  const rows = await readExperimentItems(db, projectId, {
    from: ALWAYS,
    conditions: [{ sql: db.dialect.inList('experiment_id'), parameters: [JSON.stringify(runIds)] }],
    limit: most + 1,
  });
  if (rows.length > most) {
    throw comparisonFailures.create(
      'COAIA-2302',
      `The ${runIds.length} runs have more than ${most} answers together.`,
      { hint: 'compare two runs at a time' },
    );
  }
  const traceIds = [...new Set(rows.map((row) => row.trace_id))];
  const shared = findShared(rows);
  const [traces, spans, values] = await Promise.all([
    readTraceFacts(db, projectId, traceIds),
    shared.size === 0 ? [] : readObservationFacts(db, projectId, [...shared]),
    readValues(db, projectId, traceIds),
  ]);
  const sources = {
    traces: new Map(traces.map((facts) => [facts.id, facts])),
    spans: Map.groupBy(spans, (facts) => facts.trace_id),
    values: Map.groupBy(values, (value) => value.trace_id),
    shared,
  };
  const answers: Answer[] = [];
  for (const [index, row] of rows.toReversed().entries()) {
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
    answers.push(toAnswer(row, sources));
  }
  return answers;
}

interface Sources {
  readonly traces: ReadonlyMap<string, StoredFacts>;
  readonly spans: ReadonlyMap<string, readonly StoredFacts[]>;
  readonly values: ReadonlyMap<string, readonly StoredValue[]>;
  readonly shared: ReadonlySet<string>;
}

/** Traces in which a run answered several items, each by an observation of its own. */
function findShared(rows: readonly StoredExperimentItem[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const shared = new Set<string>();
  for (const row of rows) {
    const key = `${row.experiment_id} ${row.trace_id}`;
    const known = seen.get(key);
    if (known !== undefined && known !== row.item_id) shared.add(row.trace_id);
    seen.set(key, row.item_id);
  }
  return shared;
}

function toAnswer(row: StoredExperimentItem, sources: Sources): Answer {
  const isShared = sources.shared.has(row.trace_id) && row.observation_id !== null;
  const facts = isShared ? toSubtree(sources, row) : sources.traces.get(row.trace_id);
  const values = (sources.values.get(row.trace_id) ?? []).filter(
    ({ observation_id: id }) => !isShared || id === null || id === row.observation_id,
  );
  return {
    stored: row,
    runId: row.experiment_id,
    itemId: row.item_id,
    cost: facts?.total_cost ?? null,
    latency: facts === undefined ? null : toLatency(facts),
    isError: (facts?.error_count ?? 0) > 0 || row.level === 'ERROR',
    values,
  };
}

function toLatency({ start_time: start, end_time: end }: StoredFacts): number | null {
  return end === null || start === null ? null : end - start;
}

/** An observation with everything below it: its own times, the sum of costs and errors. */
function toSubtree(
  { spans: all }: Sources,
  { trace_id: traceId, observation_id: rootId }: StoredExperimentItem,
): StoredFacts | undefined {
  const spans = all.get(traceId) ?? [];
  const children = Map.groupBy(spans, ({ parent_id: parent }) => parent ?? '');
  const root = spans.find(({ id }) => id === rootId);
  if (root === undefined) return undefined;
  const inside = new Set([root]);
  // A set goes on to what is added while it is walked, and takes nothing twice.
  for (const span of inside) for (const child of children.get(span.id) ?? []) inside.add(child);
  const costs = [...inside].flatMap(({ total_cost: cost }) => (cost === null ? [] : [cost]));
  return {
    ...root,
    total_cost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    error_count: [...inside].filter(({ error_count: count }) => count > 0).length,
  };
}
