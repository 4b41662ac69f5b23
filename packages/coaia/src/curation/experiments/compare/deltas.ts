/** Candidates against the baseline, item by item. What is missing in either run is listed, never filled in. */
import type { ComparedMeasure, McnemarResult, MeasureDelta, Verdict } from '@coaia/client';
import type { BootstrapResult } from '../statistics/bootstrap.ts';
import { toMean } from '../statistics/intervals.ts';
import { toMcnemar } from '../statistics/mcnemar.ts';
import { runBootstraps } from '../statistics/run-bootstraps.ts';
import { toSummary, type Measure } from './measures.ts';

/** Below this many pairs an interval is shown, and no verdict. */
export const MIN_PAIRS = 10;

/** p below this counts. */
export const ALPHA = 0.05;

/** Missing items that are named; all are counted. */
const MOST_NAMED = 100;

interface Pairing {
  readonly runId: string;
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly string[];
  readonly common: number;
}

/** Each measure with its sums per run and its differences; `runIds` begins with the baseline. */
export async function toComparedMeasures(
  measures: readonly Measure[],
  runIds: readonly string[],
  itemIds: readonly string[],
): Promise<readonly ComparedMeasure[]> {
  const [baseline = '', ...candidates] = runIds;
  const paired = measures.map((measure) =>
    candidates.map((runId) => toPairing(measure, { baseline, runId }, itemIds)),
  );
  const results = await runBootstraps(
    paired.flat().map(({ pairs }) => pairs.map(([before, after]) => after - before)),
  );
  let next = 0;
  return measures.map((measure, index) => ({
    name: measure.name,
    kind: measure.kind,
    runs: runIds.map((runId) => toSummary(measure, runId, itemIds)),
    deltas: (paired[index] ?? []).map((pairing) =>
      toDelta(measure, pairing, results[next++] ?? null),
    ),
  }));
}

function toPairing(
  { kind, values }: Measure,
  { baseline, runId }: { readonly baseline: string; readonly runId: string },
  itemIds: readonly string[],
): Pairing {
  const [before, after] = [values.get(baseline), values.get(runId)];
  const pairs: (readonly [number, number])[] = [];
  const missing: string[] = [];
  let common = 0;
  for (const id of itemIds) {
    const [old, now] = [before?.get(id), after?.get(id)];
    // An item that neither run was asked or scored for says nothing about either.
    if (old === undefined && now === undefined) continue;
    if (old === undefined || now === undefined) missing.push(id);
    else {
      common += 1;
      if (kind !== 'label') pairs.push([Number(old), Number(now)]);
    }
  }
  return { runId, pairs, missing, common };
}

function toDelta(
  measure: Measure,
  { runId, pairs, missing, common }: Pairing,
  result: BootstrapResult | null,
): MeasureDelta {
  const isPure = pairs.every((pair) => pair.every((value) => value === 0 || value === 1));
  const mcnemar =
    measure.kind === 'pass' && isPure && pairs.length > 0
      ? toMcnemar(pairs.map(([before, after]) => [before === 1, after === 1] as const))
      : null;
  const meanDifference =
    pairs.length === 0 ? null : toMean(pairs.map(([before, after]) => after - before));
  return {
    runId,
    pairs: common,
    missing: missing.slice(0, MOST_NAMED),
    missingCount: missing.length,
    meanDifference,
    interval: result?.interval ?? null,
    resamples: result?.resamples ?? null,
    mcnemar,
    verdict: toVerdict(pairs.length, meanDifference, mcnemar, result),
  };
}

/** McNemar's p decides where there is one, else whether the interval leaves zero out; never below ten pairs. */
function toVerdict(
  pairs: number,
  difference: number | null,
  mcnemar: McnemarResult | null,
  result: BootstrapResult | null,
): Verdict {
  if (pairs < MIN_PAIRS || difference === null || result === null) return 'too few pairs';
  const { low, high } = result.interval;
  const isClear = mcnemar === null ? low > 0 || high < 0 : mcnemar.p < ALPHA;
  if (!isClear || difference === 0) return 'no difference shown';
  return difference > 0 ? 'higher' : 'lower';
}
