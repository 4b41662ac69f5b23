import type { ExperimentLine, MeasureSummary } from '@coaia/client';
import { absent, toCount } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Amount, Time } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { toIntervalText, toSummaryText, toValueText, type Unit } from './numbers.ts';

const names = words.columns;
const faint = <span className="text-faint">{absent}</span>;

/** Scores that get a column of their own: those that most runs have. */
const mostScores = 4;

/** The columns of the list of runs; scores of the runs in it get columns. */
export function toRunColumns(
  runs: readonly ExperimentLine[],
  withDataset: boolean,
): readonly GridColumn<ExperimentLine>[] {
  return [
    {
      key: 'name',
      name: names.name,
      width: 110,
      grow: 1,
      rank: 0,
      render: (run) => <span className="truncate font-medium">{run.name}</span>,
    },
    ...(withDataset
      ? [
          {
            key: 'dataset',
            name: names.dataset,
            width: 120,
            rank: 5,
            render: (run: ExperimentLine) =>
              run.datasetName === null ? (
                faint
              ) : (
                <span className="truncate text-muted">{run.datasetName}</span>
              ),
          },
        ]
      : []),
    {
      key: 'items',
      name: names.items,
      width: 56,
      right: true,
      rank: 3,
      render: (run) => <Amount of={toCount(run.items)} />,
    },
    {
      key: 'errors',
      name: names.errors,
      width: 56,
      right: true,
      rank: 4,
      render: (run) => (
        <Amount of={toCount(run.errors)} className={run.errors > 0 ? 'text-error' : ''} />
      ),
    },
    ...toScoreColumns(runs),
    toFactColumn('latency', names.latency, 7, (run) => run.latency),
    toFactColumn('cost', names.cost, 6, (run) => run.cost),
    {
      key: 'prompt',
      name: names.prompt,
      width: 130,
      rank: 9,
      render: (run) =>
        run.prompts.length === 0 ? (
          faint
        ) : (
          <span className="truncate text-muted">
            {run.prompts.map(({ name, version }) => `${name} v${version ?? '?'}`).join(', ')}
          </span>
        ),
    },
    {
      key: 'started',
      name: names.started,
      width: 100,
      rank: 8,
      render: (run) => <Time iso={run.startTime} className="text-muted" />,
    },
  ];
}

function toScoreColumns(runs: readonly ExperimentLine[]): readonly GridColumn<ExperimentLine>[] {
  const counts = new Map<string, number>();
  for (const { scores } of runs)
    for (const { name } of scores) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, mostScores)
    .map(([name], index) => ({
      key: `score ${name}`,
      name,
      width: 168,
      right: true,
      rank: 1 + index * 0.1,
      render: (run: ExperimentLine) => {
        const summary = run.scores.find((score) => score.name === name);
        return summary === undefined ? faint : <Mean summary={summary} unit={summary.kind} />;
      },
    }));
}

function toFactColumn(
  key: 'cost' | 'latency',
  name: string,
  rank: number,
  read: (run: ExperimentLine) => MeasureSummary,
): GridColumn<ExperimentLine> {
  return {
    key,
    name,
    width: 76,
    right: true,
    rank,
    render: (run) => {
      const summary = read(run);
      return summary.mean === null ? (
        faint
      ) : (
        <span className="tnum">{toValueText(summary.mean, key)}</span>
      );
    },
  };
}

/** A mean with its interval muted beside it. */
export function Mean({ summary, unit }: { readonly summary: MeasureSummary; readonly unit: Unit }) {
  const range = toIntervalText(summary.interval, (value) => toValueText(value, unit));
  return (
    <span
      className="tnum truncate"
      data-hint={range === undefined ? '' : words.intervalHint(summary.n, summary.missing)}
    >
      {toSummaryText(summary, unit)}
      {range === undefined ? null : <span className="pl-1.5 text-xs text-muted">{range}</span>}
    </span>
  );
}
