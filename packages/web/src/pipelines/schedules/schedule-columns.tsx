import { Link } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { IconClock, IconEdit, IconMore, IconPause, IconPlay, IconTrash } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { Until } from '../../ui/until.tsx';
import { Status, Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import type { Schedule } from '@coaia/client';
import { toWhen } from './when.ts';

const part = words.schedules;
const nothing = <span className="text-faint">–</span>;

/** What can be done to a schedule. */
export type ScheduleActs = Readonly<
  Record<
    'edit' | 'history' | 'pause' | 'resume' | 'runNow' | 'remove',
    (schedule: Schedule) => void
  >
>;

const timeColumns: readonly GridColumn<Schedule>[] = [
  {
    key: 'next',
    name: part.columns.next,
    width: 80,
    rank: 1,
    render: ({ nextAt, isPaused }) =>
      nextAt === null || isPaused ? nothing : <Until iso={nextAt} />,
  },
  {
    key: 'last',
    name: part.columns.last,
    width: 88,
    rank: 5,
    render: ({ lastAt }) =>
      lastAt === null ? nothing : <Time iso={lastAt} className="text-muted" />,
  },
  {
    key: 'state',
    name: part.columns.state,
    width: 72,
    rank: 6,
    render: ({ isPaused }) =>
      isPaused ? (
        <Status state="warning" word={part.paused} />
      ) : (
        <Status state="ok" word={part.active} />
      ),
  },
];

/** The columns of the list of schedules. */
export function toScheduleColumns(
  project: string,
  acts: ScheduleActs,
): readonly GridColumn<Schedule>[] {
  const names = part.columns;
  return [
    {
      key: 'name',
      name: names.name,
      width: 140,
      grow: 2,
      rank: 0,
      render: ({ name }) => <span className="truncate font-medium">{name}</span>,
    },
    {
      key: 'pipeline',
      name: names.pipeline,
      width: 130,
      grow: 1,
      rank: 4,
      render: ({ template }) => (
        <Link
          to="/p/$project/pipelines/$pipelineName"
          params={{ project, pipelineName: template }}
          tabIndex={-1}
          className="truncate text-muted underline-offset-2 hover:text-accent hover:underline"
        >
          {template}
        </Link>
      ),
    },
    {
      key: 'when',
      name: names.when,
      width: 190,
      grow: 2,
      rank: 3,
      render: (row) => (
        <span className="truncate">
          {toWhen(row)}
          {row.cron === null ? null : <span className="ml-2 text-muted">{row.timeZone}</span>}
        </span>
      ),
    },
    ...timeColumns,
    {
      key: 'more',
      name: part.more,
      quiet: true,
      width: 28,
      rank: 2,
      render: (row) => <ScheduleMenu schedule={row} acts={acts} />,
    },
  ];
}

function ScheduleMenu({
  schedule,
  acts,
}: {
  readonly schedule: Schedule;
  readonly acts: ScheduleActs;
}) {
  return (
    <Menu
      align="end"
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={`${part.more}: ${schedule.name}`}>
          <IconMore size={14} />
        </Button>
      )}
    >
      <MenuItem icon={<IconPlay size={14} />} onSelect={() => acts.runNow(schedule)}>
        {part.runNow}
      </MenuItem>
      <MenuItem
        icon={schedule.isPaused ? <IconPlay size={14} /> : <IconPause size={14} />}
        onSelect={() => (schedule.isPaused ? acts.resume(schedule) : acts.pause(schedule))}
      >
        {schedule.isPaused ? part.resume : part.pause}
      </MenuItem>
      <MenuItem icon={<IconEdit size={14} />} onSelect={() => acts.edit(schedule)}>
        {part.edit}
      </MenuItem>
      <MenuItem icon={<IconClock size={14} />} onSelect={() => acts.history(schedule)}>
        {part.history}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<IconTrash size={14} />} tone="danger" onSelect={() => acts.remove(schedule)}>
        {part.remove}
      </MenuItem>
    </Menu>
  );
}
