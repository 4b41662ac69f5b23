import type { Task } from '@coaia/client';
import { toCount, toDuration } from '../lib/format.ts';
import { StepMark } from '../pipelines/runs/step-mark.tsx';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { Until } from '../ui/until.tsx';
import { Amount } from '../ui/value.tsx';
import { words } from './messages.ts';
import { TaskMenu, type TaskActs } from './task-menu.tsx';

const names = words.columns;
const nothing = <span className="text-faint">–</span>;

/** The columns of the list of tasks. */
export function toTaskColumns(acts: TaskActs): readonly GridColumn<Task>[] {
  return [
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
      width: 150,
      grow: 2,
      rank: 1,
      render: ({ name }) => <span className="truncate font-medium">{name}</span>,
    },
    {
      key: 'kind',
      name: names.kind,
      width: 80,
      rank: 7,
      render: ({ kind }) => <span className="truncate text-muted">{kind}</span>,
    },
    {
      key: 'error',
      name: names.error,
      width: 150,
      grow: 3,
      rank: 6,
      render: ({ error }) =>
        error === null ? nothing : <span className="truncate text-error">{error.message}</span>,
    },
    {
      key: 'worker',
      name: names.worker,
      width: 110,
      rank: 8,
      render: ({ worker }) =>
        worker === null ? nothing : <span className="truncate font-mono text-xs">{worker}</span>,
    },
    {
      key: 'attempt',
      name: names.attempt,
      width: 60,
      right: true,
      rank: 5,
      render: ({ attempt }) => <Amount of={toCount(attempt)} />,
    },
    {
      key: 'age',
      name: names.age,
      width: 84,
      right: true,
      rank: 3,
      render: ({ ageMs }) => <Amount of={toDuration(ageMs)} />,
    },
    {
      key: 'nextRetry',
      name: names.nextRetry,
      width: 76,
      rank: 4,
      render: ({ nextRetry }) => (nextRetry === null ? nothing : <Until iso={nextRetry} />),
    },
    {
      key: 'more',
      name: words.more,
      quiet: true,
      width: 28,
      rank: 2,
      render: (task) => <TaskMenu task={task} acts={acts} />,
    },
  ];
}
