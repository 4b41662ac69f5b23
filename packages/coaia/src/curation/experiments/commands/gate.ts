/** `coaia experiments gate`: passes or fails a run against a baseline, by exit code. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { ComparedMeasure, ExperimentComparison, MeasureDelta } from '@coaia/client';
import { comparisonFailures } from '../compare/errors.ts';
import { experimentsApi } from '../ports.ts';
import { compareRuns } from './compare-runs.ts';
import { toNumber, toRange, toSigned, type Unit } from './numbers.ts';

export const command = defineCommand({
  words: 'fuse experiments gate',
  summary: 'Pass or fail a run against a baseline, for CI: exit 1 when it fails',
  description:
    'The mean difference of the score (run minus baseline) must reach --min-delta, and stay below --max-delta when ' +
    'that is given; cost and latency are scores too. With --by interval the near end of the 95 % interval must. ' +
    'Items that only one of the runs has fail the gate unless --max-missing allows them.',
  needs: experimentsApi,
  positionals: [
    { name: 'run', summary: 'Id or name of the run to judge', required: true },
    { name: 'baseline', summary: 'Id or name of the run it is held against', required: true },
  ],
  options: {
    score: {
      type: 'string',
      placeholder: 'NAME',
      required: true,
      summary: 'Score to judge by; cost (USD) or latency (ms)',
    },
    'min-delta': {
      type: 'number',
      placeholder: 'X',
      summary: 'Least mean difference, for example -0.02 (default 0 without --max-delta)',
    },
    'max-delta': {
      type: 'number',
      placeholder: 'X',
      summary: 'Largest mean difference, for scores of which less is better',
    },
    'min-mean': { type: 'number', placeholder: 'X', summary: 'Least mean of the run itself' },
    by: {
      type: 'string',
      choices: ['mean', 'interval'],
      default: 'mean',
      summary: 'Judge the mean difference, or the near end of its interval',
    },
    'max-missing': {
      type: 'number',
      placeholder: 'N',
      default: 0,
      summary: 'Items that may lack a value in one of the runs',
    },
    'min-pairs': { type: 'number', placeholder: 'N', default: 1, summary: 'Least pairs to judge' },
    dataset: {
      type: 'string',
      placeholder: 'NAME',
      summary: 'Dataset that names are looked up in',
    },
    slice: { type: 'string', placeholder: 'KEY=VALUE', summary: 'Only items with this metadata' },
  },
  examples: [
    'coaia experiments gate tuesday monday --score correct --min-delta -0.02',
    'coaia experiments gate tuesday monday --score latency --max-delta 200 --by interval',
  ],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const found = await compareRuns(api, {
      baseline: args.baseline,
      candidates: [args.run],
      dataset: options.dataset,
      slice: options.slice,
      score: options.score,
      limit: 1,
    });
    const judged = toJudged(found, options.score);
    const failures = listFailures(judged, {
      ...options,
      'min-delta': options['min-delta'] ?? (options['max-delta'] === undefined ? 0 : undefined),
    });
    const { delta, unit } = judged;
    if (flags.json)
      out.json({ passed: failures.length === 0, failures, score: options.score, ...delta });
    else {
      out.line(
        `${options.score}: ${toSigned(delta.meanDifference, unit)} ${toRange(delta.interval, unit)} over ${delta.pairs} pairs, ${delta.missingCount} missing: ${delta.verdict}`,
      );
    }
    const [first] = failures;
    if (first !== undefined)
      throw comparisonFailures.create('COAIA-2310', `The gate failed: ${first}.`, {
        details: failures,
      });
    if (!flags.json) out.confirm('The gate passed.');
    return EXIT.done;
  },
});

interface Judged {
  readonly measure: ComparedMeasure;
  readonly delta: MeasureDelta;
  readonly unit: Unit;
}

function toJudged(found: ExperimentComparison, name: string): Judged {
  const score = found.scores.find((measure) => measure.name === name);
  const measure = score ?? (name === 'cost' ? found.cost : found.latency);
  const [delta] = measure.deltas;
  if (delta === undefined) throw new TypeError('one candidate has one difference');
  return { measure, delta, unit: score === undefined ? (name as Unit) : 'score' };
}

interface Conditions {
  readonly 'min-delta': number | undefined;
  readonly 'max-delta': number | undefined;
  readonly 'min-mean': number | undefined;
  readonly by: string;
  readonly 'max-missing': number;
  readonly 'min-pairs': number;
}

/** What is not fulfilled, one phrase each; empty when the gate passes. */
export function listFailures(judged: Judged, conditions: Conditions): readonly string[] {
  const { measure, delta, unit } = judged;
  if (measure.kind === 'label') return [`${measure.name} has labels, which have no difference`];
  const { pairs, missingCount, meanDifference, interval } = delta;
  if (pairs < Math.max(1, conditions['min-pairs']) || meanDifference === null)
    return [`there are ${pairs} pairs, ${conditions['min-pairs']} are needed`];
  const ends =
    conditions.by === 'interval' ? interval : { low: meanDifference, high: meanDifference };
  if (ends === null) return ['there is no interval for so few pairs'];
  const mean = measure.runs[1]?.mean ?? null;
  const most = conditions['max-missing'];
  return [
    ...(missingCount > most
      ? [`${missingCount} items lack a value in one of the runs, ${most} may`]
      : []),
    ...listBreaches('difference', ends.low, ends.high, {
      least: conditions['min-delta'],
      most: conditions['max-delta'],
      write: (value) => toSigned(value, unit),
    }),
    ...listBreaches('mean', mean ?? Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, {
      least: conditions['min-mean'],
      most: undefined,
      write: (value) => toNumber(value, unit),
    }),
  ];
}

interface Bounds {
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly write: (value: number) => string;
}

function listBreaches(
  what: string,
  low: number,
  high: number,
  { least, most, write }: Bounds,
): readonly string[] {
  return [
    ...(least !== undefined && low < least
      ? [`the ${what} ${write(low)} is below ${write(least)}`]
      : []),
    ...(most !== undefined && high > most
      ? [`the ${what} ${write(high)} is above ${write(most)}`]
      : []),
  ];
}
