import { Link } from '@tanstack/react-router';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Until } from '../../ui/until.tsx';
import { Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import type { PipelineLine } from '../pipeline.ts';
import type { Run } from '../runs/run.ts';
import { StepMark } from '../runs/step-mark.tsx';

/** A line of the list with what happened and what will. */
export interface ListedPipeline extends PipelineLine {
  readonly project: string;
  readonly lastRun: Run | undefined;
  /** ISO time of the next scheduled run. */
  readonly nextRun: string | undefined;
}

const names = words.columns;
const nothing = <span className="text-faint">–</span>;

/** The columns of the list of pipelines. */
export const pipelineColumns: readonly GridColumn<ListedPipeline>[] = [
  {
    key: 'name',
    name: names.name,
    width: 200,
    grow: 3,
    rank: 0,
    sort: 'name',
    render: (row) => (
      <span className="truncate">
        <span className="font-medium">{row.name}</span>
        {row.problem === null ? (
          <span className="ml-2 text-muted">{row.description}</span>
        ) : (
          <span className="ml-2 text-error">{row.problem}</span>
        )}
      </span>
    ),
  },
  {
    key: 'lastRun',
    name: names.lastRun,
    width: 176,
    rank: 1,
    sort: 'lastRun',
    render: ({ lastRun, project }) => <LastRun run={lastRun} project={project} />,
  },
  {
    key: 'actions',
    name: names.actions,
    width: 120,
    grow: 1,
    rank: 4,
    render: ({ actions }) =>
      actions.length === 0 ? (
        nothing
      ) : (
        <span className="truncate text-muted">{actions.join(', ')}</span>
      ),
  },
  {
    key: 'steps',
    name: names.steps,
    width: 48,
    right: true,
    rank: 3,
    sort: 'steps',
    render: ({ stepCount }) => <span className="tnum">{stepCount}</span>,
  },
  {
    key: 'version',
    name: names.version,
    width: 64,
    rank: 5,
    render: ({ version }) => <span className="tnum truncate text-muted">{version}</span>,
  },
  {
    key: 'source',
    name: names.source,
    width: 88,
    rank: 2,
    sort: 'source',
    render: ({ source }) => <span className="truncate text-muted">{words.source[source]}</span>,
  },
  {
    key: 'nextRun',
    name: names.nextRun,
    width: 96,
    rank: 6,
    sort: 'nextRun',
    render: ({ nextRun }) => (nextRun === undefined ? nothing : <Until iso={nextRun} />),
  },
];

/** What the list can be sorted by. */
export const pipelineOrders: Readonly<
  Record<string, (row: ListedPipeline) => string | number | null>
> = {
  name: ({ name }) => name,
  lastRun: ({ lastRun }) => lastRun?.createdAt ?? null,
  steps: ({ stepCount }) => stepCount,
  source: ({ source, name }) => `${source === 'builtin' ? 1 : 0} ${name}`,
  nextRun: ({ nextRun }) => nextRun ?? null,
};

function LastRun({ run, project }: { readonly run: Run | undefined; readonly project: string }) {
  if (run === undefined) return <span className="text-faint">{words.neverRan}</span>;
  return (
    <Link
      to="/p/$project/pipelines/runs/$runId"
      params={{ project, runId: run.id }}
      tabIndex={-1}
      className="flex min-w-0 items-center gap-2 rounded-sm hover:text-accent"
    >
      <StepMark state={run.state} />
      <Time iso={run.createdAt} className="text-muted" />
    </Link>
  );
}
