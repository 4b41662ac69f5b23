import { useQuery } from '@tanstack/react-query';
import { usePreferences } from '../../lib/preferences.ts';
import { toAbsolute } from '../../lib/time.ts';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Status, Time } from '../../ui/value.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import { retentionQuery, type Retention, type RetentionRun } from './queries.ts';
import { RetentionForm } from './retention-form.tsx';

const rights = { read: 'project:read', write: 'project:write' };

/** How long the project keeps things, what a change would delete, and what was deleted. */
export function RetentionSection({ project }: { readonly project: string }) {
  const query = useQuery(retentionQuery(project));
  return (
    <Section rights={rights} wide>
      {(mayWrite) => (
        <>
          <Part title={words.title} lead={words.lead}>
            {query.isError ? (
              <Failure
                title={words.failed}
                error={query.error}
                onRetry={() => void query.refetch()}
              />
            ) : null}
            {query.isPending ? <SkeletonRows rows={3} height="36px" /> : null}
            {query.data === undefined ? null : <Now retention={query.data} />}
            {query.data !== undefined && mayWrite ? (
              <RetentionForm
                key={query.data.retentionDays}
                project={project}
                days={query.data.retentionDays}
              />
            ) : null}
          </Part>
          <Part title={words.runs} lead={words.runsLead}>
            <Runs rows={query.data?.runs} />
          </Part>
        </>
      )}
    </Section>
  );
}

function Now({ retention: { retentionDays, cutoff } }: { readonly retention: Retention }) {
  const { utc } = usePreferences();
  return (
    <p className="mb-3" data-retention={retentionDays ?? 'all'}>
      {retentionDays === null || cutoff === null
        ? words.nowKeepAll
        : words.nowDays(retentionDays, toAbsolute(cutoff, utc).slice(0, 10))}
    </p>
  );
}

const toCount = (
  key: 'traces' | 'observations' | 'scores' | 'sessions' | 'media',
  narrow = false,
): TableColumn<RetentionRun> => ({
  key,
  name: words[key],
  right: true,
  narrow,
  render: (row) => row[key].toLocaleString('en'),
});

const columns: readonly TableColumn<RetentionRun>[] = [
  {
    key: 'started',
    name: words.started,
    narrow: true,
    render: ({ startedAt }) => <Time iso={startedAt} />,
  },
  {
    key: 'kept',
    name: words.kept,
    render: ({ retentionDays }) => (
      <span className="text-muted">{words.dayCount(retentionDays)}</span>
    ),
  },
  toCount('traces', true),
  toCount('observations'),
  toCount('scores'),
  toCount('sessions'),
  toCount('media'),
  {
    key: 'state',
    name: words.state,
    narrow: true,
    render: ({ endedAt, error }) => {
      if (error !== null) return <Status state="error" word={`${words.failedRun}: ${error}`} />;
      if (endedAt === null) return <Status state="running" word={words.running} />;
      return <Status state="ok" word={words.done} />;
    },
  },
];

function Runs({ rows }: { readonly rows: readonly RetentionRun[] | undefined }) {
  if (rows === undefined) return <SkeletonRows rows={2} height="36px" />;
  if (rows.length === 0) return <NothingHere name="runs">{words.noRuns}</NothingHere>;
  return <Table label={words.list} rows={rows} columns={columns} toKey={({ id }) => id} />;
}
