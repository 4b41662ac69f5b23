/** Two raters of one score: the things both looked at, how far they agree, and where they do not. */
import type { Scope } from '#base';
import type { ObservabilityPorts } from '../../ports.ts';
import { toLabelAgreement, toNumberAgreement } from './agreement.ts';
import type { LabelAgreement, NumberAgreement } from './agreement.ts';
import { parseRater } from './raters.ts';
import type { Rater } from './raters.ts';
import type { TimeBounds } from './summary.ts';

/** One thing that both raters scored. */
export interface Disagreement {
  readonly kind: 'trace' | 'observation' | 'session' | 'experiment';
  readonly id: string;
  /** Trace of an observation, or the trace itself. */
  readonly traceId: string | null;
  readonly a: number | string;
  readonly b: number | string;
  readonly comment: string | null;
}

export interface RaterComparison {
  readonly name: string;
  readonly dataType: string;
  readonly a: string;
  readonly b: string;
  readonly labels: LabelAgreement | null;
  readonly numbers: NumberAgreement | null;
  /** Where the two differ, the furthest apart first; at most 100. */
  readonly disagreements: readonly Disagreement[];
  /** True when there were more scores than are read. */
  readonly isCut: boolean;
}

export interface RaterQuery extends TimeBounds {
  readonly name: string;
  readonly dataType: string;
  readonly a: string;
  readonly b: string;
}

interface RatedRow {
  readonly trace_id: string | null;
  readonly observation_id: string | null;
  readonly session_id: string | null;
  readonly dataset_run_id: string | null;
  readonly value: number | null;
  readonly string_value: string | null;
  readonly comment: string | null;
}

/** Scores of one rater that are read at most, the last given first. */
const MOST = 20_000;
const SHOWN = 100;
const TIMEOUT_MS = 10_000;

/** Compares two raters. Fails with COAIA-1098 for a rater that cannot be read. */
export async function compareRaters(
  ports: ObservabilityPorts,
  scope: Scope,
  query: RaterQuery,
  signal: AbortSignal,
): Promise<RaterComparison> {
  const [rowsA, rowsB] = await Promise.all(
    [query.a, query.b].map((rater) => readRated(ports, scope, query, parseRater(rater), signal)),
  );
  const ofA = toLatest(rowsA ?? []);
  const both = [...toLatest(rowsB ?? [])].flatMap(([key, b]) => {
    const a = ofA.get(key);
    return a === undefined ? [] : [{ a, b }];
  });
  const isNumeric = query.dataType === 'NUMERIC';
  const numbers = both.map(({ a, b }) => ({ a: a.value ?? 0, b: b.value ?? 0 }));
  return {
    name: query.name,
    dataType: query.dataType,
    a: query.a,
    b: query.b,
    labels: isNumeric
      ? null
      : toLabelAgreement(both.map(({ a, b }) => ({ a: toLabel(a), b: toLabel(b) }))),
    numbers: isNumeric ? toNumberAgreement(numbers) : null,
    disagreements: both
      .filter(({ a, b }) => toShown(a, isNumeric) !== toShown(b, isNumeric))
      .toSorted((x, y) => toDistance(y) - toDistance(x))
      .slice(0, SHOWN)
      .map(({ a, b }) => toDisagreement(a, b, isNumeric)),
    isCut: [rowsA, rowsB].some((rows) => rows?.length === MOST),
  };
}

async function readRated(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  { name, dataType, from, to }: RaterQuery,
  rater: Rater,
  signal: AbortSignal,
): Promise<readonly RatedRow[]> {
  return db.scan<RatedRow>(
    `SELECT trace_id, observation_id, session_id, dataset_run_id, value, string_value, comment
     FROM scores WHERE project_id = ? AND name = ? AND data_type = ? AND ${rater.column} = ?
     AND timestamp >= ? AND timestamp < ? ORDER BY timestamp DESC, id DESC LIMIT ${MOST}`,
    [projectId, name, dataType, rater.value, from ?? 0, to ?? Number.MAX_SAFE_INTEGER],
    { timeoutMs: TIMEOUT_MS, signal },
  );
}

// A rater who scored a thing twice is taken at the last word.
function toLatest(rows: readonly RatedRow[]): ReadonlyMap<string, RatedRow> {
  const latest = new Map<string, RatedRow>();
  for (const row of rows) {
    const key = JSON.stringify([
      row.observation_id ?? row.trace_id,
      row.session_id,
      row.dataset_run_id,
    ]);
    if (!latest.has(key)) latest.set(key, row);
  }
  return latest;
}

function toLabel({ string_value: label, value }: RatedRow): string {
  return label ?? String(value ?? '');
}

function toShown(row: RatedRow, isNumeric: boolean): number | string {
  return isNumeric ? (row.value ?? 0) : toLabel(row);
}

function toDistance({ a, b }: { readonly a: RatedRow; readonly b: RatedRow }): number {
  return Math.abs((a.value ?? 0) - (b.value ?? 0));
}

function toDisagreement(a: RatedRow, b: RatedRow, isNumeric: boolean): Disagreement {
  const shown = {
    traceId: a.trace_id ?? b.trace_id,
    a: toShown(a, isNumeric),
    b: toShown(b, isNumeric),
    comment: b.comment ?? a.comment,
  };
  if (a.observation_id !== null) return { kind: 'observation', id: a.observation_id, ...shown };
  if (a.trace_id !== null) return { kind: 'trace', id: a.trace_id, ...shown };
  if (a.session_id !== null) return { kind: 'session', id: a.session_id, ...shown };
  return { kind: 'experiment', id: a.dataset_run_id ?? '', ...shown };
}
