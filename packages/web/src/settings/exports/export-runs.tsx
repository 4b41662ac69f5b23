import type { BlobExportRun } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { toBytes } from '../../lib/format.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { toAbsolute } from '../../lib/time.ts';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Amount, Status, Time } from '../../ui/value.tsx';
import { Part } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import { runsQuery } from './queries.ts';

/** The last runs of the export with what they wrote. */
export function ExportRuns({ project }: { readonly project: string }) {
  const query = useQuery(runsQuery(project));
  return (
    <Part title={words.runs}>
      {query.isError ? (
        <Failure
          title={words.runsFailed}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.isPending ? <SkeletonRows rows={3} height="36px" /> : null}
      {query.data?.length === 0 ? <NothingHere name="runs">{words.noRuns}</NothingHere> : null}
      {query.data === undefined || query.data.length === 0 ? null : (
        <Table
          label={words.list}
          rows={query.data}
          columns={columns}
          toKey={({ id }) => id}
          toMarks={({ windowFrom }) => ({ 'data-window': windowFrom })}
        />
      )}
    </Part>
  );
}

function Window({ row }: { readonly row: BlobExportRun }) {
  const { utc } = usePreferences();
  const print = (iso: string) => toAbsolute(iso, utc).slice(0, 16);
  return (
    <span className="tnum">
      {print(row.windowFrom)} <span className="text-muted">to</span> {print(row.windowTo)}
    </span>
  );
}

const sum = (files: BlobExportRun['files'], of: 'rows' | 'bytes') =>
  files.reduce((total, file) => total + file[of], 0);

const columns: readonly TableColumn<BlobExportRun>[] = [
  { key: 'window', name: words.window, narrow: true, render: (row) => <Window row={row} /> },
  {
    key: 'files',
    name: words.files,
    right: true,
    render: ({ files }) => files.length.toLocaleString('en'),
  },
  {
    key: 'rows',
    name: words.rows,
    right: true,
    render: ({ files }) => sum(files, 'rows').toLocaleString('en'),
  },
  {
    key: 'size',
    name: words.size,
    right: true,
    render: ({ files }) => <Amount of={toBytes(sum(files, 'bytes'))} />,
  },
  {
    key: 'ended',
    name: words.ended,
    render: ({ endedAt }) => <Time iso={endedAt} className="text-muted" />,
  },
  {
    key: 'result',
    name: words.result,
    narrow: true,
    render: ({ error }) =>
      error === null ? (
        <Status state="ok" word={words.done} />
      ) : (
        <Status state="error" word={error} />
      ),
  },
];
