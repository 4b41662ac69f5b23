import { toCount, toDuration } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Amount, Id, Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { toRunMs, type Run } from './run.ts';
import { StepMark } from './step-mark.tsx';

const names = words.runs.columns;
const nothing = <span className="text-faint">–</span>;

/** The columns of a list of runs of several pipelines. */
export const runColumns: readonly GridColumn<Run>[] = [
  {
    key: 'state',
    name: names.state,
    width: 96,
    rank: 0,
    render: ({ state }) => <StepMark state={state} />,
  },
  {
    key: 'name',
    name: names.name,
    width: 120,
    grow: 2,
    rank: 1,
    render: ({ pipeline }) => (
      <span className="truncate">
        <span className="font-medium">{pipeline.name}</span>
        <span className="tnum ml-2 text-muted">v{pipeline.version}</span>
      </span>
    ),
  },
  {
    key: 'error',
    name: names.error,
    width: 160,
    grow: 3,
    rank: 5,
    render: ({ error }) =>
      error === null ? nothing : <span className="truncate text-error">{toErrorText(error)}</span>,
  },
  {
    key: 'duration',
    name: names.duration,
    width: 84,
    right: true,
    rank: 3,
    render: (run) => <Amount of={toDuration(toRunMs(run, Date.now()))} />,
  },
  {
    key: 'attempt',
    name: names.attempt,
    width: 56,
    right: true,
    rank: 7,
    render: ({ attempt }) => <Amount of={toCount(attempt)} />,
  },
  {
    key: 'by',
    name: names.by,
    width: 88,
    rank: 6,
    render: ({ scheduleId, parentRunId }) => (
      <span className="text-muted">
        {scheduleId !== null
          ? words.runs.bySchedule
          : parentRunId === null
            ? words.runs.byHand
            : words.runs.byRun}
      </span>
    ),
  },
  { key: 'id', name: names.id, width: 84, rank: 8, render: ({ id }) => <Id id={id} /> },
  {
    key: 'started',
    name: names.started,
    width: 92,
    rank: 2,
    render: ({ startedAt, createdAt }) => (
      <Time iso={startedAt ?? createdAt} className="text-muted" />
    ),
  },
];

/** The columns of the runs of one pipeline, whose name stands above. */
export const ownRunColumns: readonly GridColumn<Run>[] = runColumns.map((column) =>
  column.key === 'name'
    ? {
        key: 'version',
        name: words.columns.version,
        width: 72,
        rank: 4,
        render: ({ pipeline }) => <span className="tnum truncate">{pipeline.version}</span>,
      }
    : column,
);

function toErrorText({ step, message }: NonNullable<Run['error']>): string {
  return step === null ? message : `${step}: ${message}`;
}
