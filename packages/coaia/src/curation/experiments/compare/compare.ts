/** Runs side by side over the items of a dataset. */
import { setImmediate } from 'node:timers/promises';
import { toPageMeta, type Scope } from '#base';
import type { CompareMode, ExperimentComparison } from '@coaia/client';
import type { CurationPorts } from '../../ports.ts';
import { SEED } from '../statistics/bootstrap.ts';
import { CONFIDENCE } from '../statistics/intervals.ts';
import { MIN_DISCORDANT } from '../statistics/mcnemar.ts';
import { MIN_PAIRS, toComparedMeasures } from './deltas.ts';
import { comparisonFailures } from './errors.ts';
import { findRuns } from './find-runs.ts';
import { toLines } from './lines.ts';
import { toFactMeasure, toScoreMeasures, type Measure } from './measures.ts';
import { readRows } from './rows.ts';
import { readAnswers } from './run-facts.ts';
import { toShownItems } from './shown-items.ts';
import { toItemMetadata, toSliceItems, toSlices } from './slices.ts';
import { readItemMetadata } from './sources.ts';

/** A parsed query; ids or names of runs. */
export interface ParsedCompareQuery {
  readonly baseline: string;
  readonly candidates: readonly string[];
  readonly dataset?: string | undefined;
  readonly score?: string | undefined;
  readonly mode: CompareMode;
  readonly slice?: string | undefined;
  readonly lower: readonly string[];
  readonly page: number;
  readonly limit: number;
  readonly preview: number;
}

const METHOD = {
  confidence: CONFIDENCE,
  interval: 'paired bootstrap of the mean difference, BCa',
  test: "McNemar's exact test, two-sided",
  seed: SEED,
  minPairs: MIN_PAIRS,
  minDiscordant: MIN_DISCORDANT,
} as const;

/**
 * The comparison. Sums and differences are over the whole slice, rows over one page of the mode's items.
 * Fails with COAIA-2300 to COAIA-2303.
 */
export async function compareExperiments(
  ports: CurationPorts,
  scope: Scope,
  query: ParsedCompareQuery,
): Promise<ExperimentComparison> {
  const names = [query.baseline, ...query.candidates];
  const runs = await findRuns(ports, scope, names, query.dataset);
  const runIds = runs.map((run) => run.experiment_id);
  if (new Set(runIds).size < runIds.length)
    throw comparisonFailures.create('COAIA-2303', 'A run cannot be compared with itself.');
  const answers = await readAnswers(ports, scope, runIds);
  const everyItem = [...new Set(answers.map(({ itemId }) => itemId))];
  const stored = await readItemMetadata(ports.db, scope.projectId, everyItem);
  const metadata = toItemMetadata(everyItem, stored);
  const itemIds = toSliceItems(everyItem, metadata, query.slice);
  const scores = toScoreMeasures(answers);
  const facts = [toFactMeasure('cost', answers), toFactMeasure('latency', answers)];
  const measures = [...scores, ...facts];
  await setImmediate();
  const compared = await toComparedMeasures(measures, runIds, itemIds);
  const chosen = findMeasure(measures, query.score);
  const source = {
    runIds,
    answers: Map.groupBy(answers, ({ itemId }) => itemId),
    measures,
    preview: query.preview,
  };
  const shown = await toShownItems(ports, scope, itemIds, source, {
    mode: query.mode,
    measure: chosen,
    lowerIsBetter: chosen?.isFact === true || query.lower.includes(chosen?.name ?? ''),
  });
  await setImmediate();
  const offset = (query.page - 1) * query.limit;
  const [cost, latency] = [compared.at(-2), compared.at(-1)];
  if (cost === undefined || latency === undefined) throw new TypeError('facts are always compared');
  return {
    runs: await toLines(ports, scope, runs, answers),
    method: METHOD,
    scores: compared.slice(0, -2),
    cost,
    latency,
    slices: toSlices(metadata),
    points: toPoints(chosen, runIds, itemIds),
    rows: await readRows(ports, scope, shown.slice(offset, offset + query.limit), source),
    meta: {
      totalItems: itemIds.length,
      shownItems: shown.length,
      page: toPageMeta(query.page, query.limit, shown.length).page,
      limit: query.limit,
      score: chosen?.name ?? null,
    },
  };
}

/** The measure that was asked for, else the first score that has numbers. Fails with COAIA-2303. */
function findMeasure(measures: readonly Measure[], name: string | undefined): Measure | undefined {
  if (name === undefined) return measures.find(({ kind, isFact }) => !isFact && kind !== 'label');
  const found = measures.find((measure) => measure.name === name);
  if (found !== undefined) return found;
  const known = measures.map((measure) => measure.name).join(', ');
  throw comparisonFailures.create(
    'COAIA-2303',
    `These runs have no score called ${name}; there are ${known}.`,
  );
}

function toPoints(
  measure: Measure | undefined,
  runIds: readonly string[],
  itemIds: readonly string[],
): ExperimentComparison['points'] {
  if (measure === undefined || measure.kind === 'label') return [];
  return itemIds.map((itemId) => ({
    itemId,
    values: runIds.map((runId) => {
      const value = measure.values.get(runId)?.get(itemId);
      return typeof value === 'number' ? value : null;
    }),
  }));
}
