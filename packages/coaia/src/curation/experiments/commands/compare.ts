/** `coaia experiments compare`: differences to a baseline with their intervals. */
import { invalidRequest } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { ExperimentComparison } from '@coaia/client';
import { experimentsApi } from '../ports.ts';
import { compareRuns } from './compare-runs.ts';
import { toDeltaLines, type DeltaLine } from './numbers.ts';

export const command = defineCommand({
  words: 'fuse experiments compare',
  summary: 'Compare runs with a baseline, with intervals of the differences',
  description:
    'The first run is the baseline unless --baseline names another. Differences are of items that both runs ' +
    'answered; the rest is counted as missing. Intervals are 95 % paired bootstrap, p is McNemar exact for yes-or-no scores.',
  needs: experimentsApi,
  positionals: [{ name: 'runs', summary: 'Ids or names of runs', required: true, variadic: true }],
  options: {
    ...listOptions,
    baseline: {
      type: 'string',
      placeholder: 'RUN',
      summary: 'The run that others are held against',
    },
    dataset: {
      type: 'string',
      placeholder: 'NAME',
      summary: 'Dataset that names are looked up in',
    },
    slice: { type: 'string', placeholder: 'KEY=VALUE', summary: 'Only items with this metadata' },
  },
  examples: [
    'coaia experiments compare monday tuesday',
    'coaia experiments compare tuesday wednesday --baseline monday --slice lang=fr --json',
  ],
  async run({ open, out, flags }, { options, args }) {
    const named = options.baseline ?? args.runs[0];
    const candidates = args.runs.filter((run) => run !== named);
    if (named === undefined || candidates.length === 0)
      throw invalidRequest(
        'A comparison needs two runs.',
        undefined,
        'coaia experiments compare A B',
      );
    const api = await open();
    const found = await compareRuns(api, {
      baseline: named,
      candidates,
      dataset: options.dataset,
      slice: options.slice,
      limit: 500,
    });
    if (flags.json && options.fields === undefined) {
      out.json(found);
      return;
    }
    out.list({ things: 'differences', rows: toLines(found), columns: COLUMNS }, options);
    const { method, meta } = found;
    out.notice(
      `${meta.totalItems} items; ${method.interval}, seed ${method.seed}; no verdict below ${method.minPairs} pairs.`,
    );
  },
});

/** The differences of every measure as lines. */
export function toLines(found: ExperimentComparison): readonly DeltaLine[] {
  const names = new Map(found.runs.map(({ id, name }) => [id, name]));
  return [
    ...found.scores.flatMap((score) => toDeltaLines(score, 'score', names)),
    ...toDeltaLines(found.cost, 'cost', names),
    ...toDeltaLines(found.latency, 'latency', names),
  ];
}

const COLUMNS = [
  { header: 'Measure', value: ({ measure }: DeltaLine) => measure },
  { header: 'Run', value: ({ run }: DeltaLine) => run },
  { header: 'Baseline', value: ({ baseline }: DeltaLine) => baseline, align: 'right' },
  { header: 'Mean', value: ({ candidate }: DeltaLine) => candidate, align: 'right' },
  { header: 'Difference', value: ({ difference }: DeltaLine) => difference, align: 'right' },
  { header: '95 %', value: ({ interval }: DeltaLine) => interval },
  { header: 'p', value: ({ p }: DeltaLine) => p, align: 'right', drop: 2 },
  { header: 'Pairs', value: ({ pairs }: DeltaLine) => pairs, align: 'right', drop: 1 },
  { header: 'Missing', value: ({ missing }: DeltaLine) => missing, align: 'right', drop: 1 },
  { header: 'Verdict', value: ({ verdict }: DeltaLine) => verdict },
] as const;
