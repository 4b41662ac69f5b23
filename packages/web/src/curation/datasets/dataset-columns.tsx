import type { DatasetLine } from '@coaia/client';
import { absent, toCount } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { IconDatasets, IconFolder } from '../../ui/icons.ts';
import { Amount, Time } from '../../ui/value.tsx';
import type { FolderLine } from './folders.ts';
import { words } from './messages.ts';

type Line = FolderLine<DatasetLine>;

const faint = <span className="text-faint">{absent}</span>;
const names = words.columns;

function toCountColumn(
  key: string,
  name: string,
  rank: number,
  read: (row: DatasetLine) => number,
): GridColumn<Line> {
  return {
    key,
    name,
    width: 76,
    right: true,
    rank,
    sort: key,
    render: (line) => (line.kind === 'row' ? <Amount of={toCount(read(line.row))} /> : null),
  };
}

function toTimeColumn(
  key: string,
  name: string,
  rank: number,
  read: (row: DatasetLine) => string | null,
): GridColumn<Line> {
  return {
    key,
    name,
    width: 110,
    rank,
    sort: key,
    render: (line) => {
      if (line.kind === 'folder') return null;
      const iso = read(line.row);
      return iso === null ? faint : <Time iso={iso} className="text-muted" />;
    },
  };
}

/** The columns of the list of datasets. */
export const datasetColumns: readonly GridColumn<Line>[] = [
  {
    key: 'name',
    name: names.name,
    width: 200,
    grow: 1,
    rank: 0,
    sort: 'name',
    render: (line) =>
      line.kind === 'folder' ? (
        <span className="flex min-w-0 items-center gap-2">
          <IconFolder size={14} className="shrink-0 text-muted" />
          <span className="truncate font-medium">{line.label}</span>
          <span className="shrink-0 text-muted">{words.counts(line.count)}</span>
        </span>
      ) : (
        <span className="flex min-w-0 items-center gap-2">
          <IconDatasets size={14} className="shrink-0 text-muted" />
          <span className="truncate font-medium">{line.label}</span>
        </span>
      ),
  },
  toCountColumn('items', names.items, 1, (row) => row.itemCount),
  toCountColumn('runs', names.runs, 2, (row) => row.runCount),
  toTimeColumn('changed', names.changed, 3, (row) => row.lastChange),
  toTimeColumn('run', names.run, 5, (row) => row.lastRun),
  toCountColumn('archived', names.archived, 6, (row) => row.archivedCount),
  {
    key: 'description',
    name: names.description,
    width: 200,
    grow: 2,
    rank: 4,
    render: (line) =>
      line.kind === 'row' && line.row.description ? (
        <span className="truncate text-muted">{line.row.description}</span>
      ) : line.kind === 'row' ? (
        faint
      ) : null,
  },
];

/** What the list is ordered by; folders keep their place in front. */
export const datasetOrders: Readonly<Record<string, (line: Line) => string | number | null>> = {
  name: (line) => line.label.toLowerCase(),
  items: (line) => (line.kind === 'row' ? line.row.itemCount : null),
  runs: (line) => (line.kind === 'row' ? line.row.runCount : null),
  archived: (line) => (line.kind === 'row' ? line.row.archivedCount : null),
  changed: (line) => (line.kind === 'row' ? line.row.lastChange : null),
  run: (line) => (line.kind === 'row' ? line.row.lastRun : null),
};
