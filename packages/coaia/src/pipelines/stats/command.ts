/** `coaia pipeline stats`: how runs of pipelines went, from what is stored about them. */
import { invalidRequest, systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import type { Column, Output } from '#surface';
import { toMilliseconds } from '../templates/duration.ts';
import { listRuns, MAX_RUNS, readSamples, toRun, type Sample } from './collect.ts';
import { checkConditions, parseConditions } from './condition.ts';
import { statsApi } from './ports.ts';
import { show } from './show.ts';
import {
  summarize,
  summarizeBy,
  type Grouping,
  type GroupSummary,
  type Summary,
} from './summarize.ts';

/** How many of the slowest runs are named. */
const SLOWEST = 5;

interface Report {
  readonly name: string | null;
  /** ISO 8601. */
  readonly since: string;
  readonly total: Summary;
  /** The window of the same length before; tokens and cost are not counted for it. */
  readonly previous: Summary;
  readonly by: Grouping;
  readonly groups: readonly GroupSummary[];
  readonly slowest: readonly Pick<Sample, 'id' | 'pipeline' | 'state' | 'took'>[];
}

export const command = defineCommand({
  words: 'pipeline stats',
  summary: 'Show how runs of pipelines went: success, times, tokens, cost',
  description:
    'Counts the runs that are stored, at most the newest 1000, and compares them with the window before.',
  needs: statsApi,
  positionals: [{ name: 'name', summary: 'Only runs of this pipeline' }],
  options: {
    since: { type: 'string', placeholder: '7d', default: '7d', summary: 'Length of the window' },
    by: {
      type: 'string',
      choices: ['step', 'version', 'env'],
      default: 'step',
      summary: 'What a line of the table is',
    },
    'fail-if': {
      type: 'string',
      placeholder: 'CONDITION',
      summary: "Exit 1 when it holds, for example 'p95>30s,success<95%'",
    },
  },
  examples: ['coaia pipeline stats', "coaia pipeline stats --since 1d --fail-if 'success<95%'"],
  async run({ open, out, flags }, { options, args }) {
    const conditions = options['fail-if'] === undefined ? [] : parseConditions(options['fail-if']);
    const span = toMilliseconds(options.since);
    if (span === undefined)
      throw invalidRequest(`"--since" is no span of time such as 7d: ${options.since}`);
    const api = await open();
    const now = systemClock();
    const since = toIso(now - span);
    const runs = await listRuns(api, toIso(now - 2 * span), args.name);
    const current = runs.filter(({ createdAt }) => createdAt >= since);
    if (current.length > MAX_RUNS)
      out.notice(`Only the newest ${MAX_RUNS} of ${current.length} runs.`);
    const samples = await readSamples(api, current.slice(0, MAX_RUNS));
    const previous = runs.filter(({ createdAt }) => createdAt < since);
    const report = toReport(
      { samples, previous: previous.map((run) => toRun(run)), since },
      options.by as Grouping,
      args.name,
    );
    if (flags.json) out.json(report);
    else print(out, report, options.since);
    checkConditions(report.total, conditions);
  },
});

interface Window {
  readonly samples: readonly Sample[];
  readonly previous: readonly ReturnType<typeof toRun>[];
  readonly since: string;
}

function toReport({ samples, previous, since }: Window, by: Grouping, name?: string): Report {
  const runs = samples.filter(({ step }) => step === null);
  const slowest = runs
    .filter(({ took }) => took !== null)
    .toSorted((a, b) => (b.took ?? 0) - (a.took ?? 0))
    .slice(0, SLOWEST)
    .map(({ id, pipeline, state, took }) => ({ id, pipeline, state, took }));
  return {
    name: name ?? null,
    since,
    total: summarize(runs),
    previous: summarize(previous.map((run) => ({ ...run, tokens: null, cost: null }))),
    by,
    groups: summarizeBy(samples, by),
    slowest,
  };
}

const NUMBERS = ['runs', 'success', 'p50', 'p95', 'p99', 'tokens', 'cost'] as const;

function toColumns(by: Grouping): readonly Column<GroupSummary>[] {
  const title = { step: 'Step', version: 'Version', env: 'Environment' }[by];
  return [
    { header: title, value: ({ group }) => group },
    ...NUMBERS.map((number): Column<GroupSummary> => ({
      header: number,
      align: 'right',
      value: (row) => show[number](row[number]),
    })),
  ];
}

function print(out: Output, report: Report, span: string): void {
  const { total, previous, groups, slowest, by } = report;
  if (total.runs === 0) {
    out.line(`No runs in the last ${span}; ${previous.runs} in the ${span} before.`);
    return;
  }
  out.table(`${by === 'env' ? 'environment' : by}s`, groups, toColumns(by));
  out.line('');
  for (const number of [...NUMBERS, 'queue'] as const) {
    const before = show[number](previous[number]);
    const after = show[number](total[number]);
    if (after !== '')
      out.line(`${number.padEnd(8)}${after}${before === '' ? '' : `  (before: ${before})`}`);
  }
  for (const { id, pipeline, state, took } of slowest)
    out.line(`slowest ${show.p50(took)}  ${id}  ${pipeline}  ${state}`);
}
