import type { LinkedMedia, Paged } from '@coaia/client';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sendRequest } from '../../lib/api.ts';
import { toBytes } from '../../lib/format.ts';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Amount, Id, Time } from '../../ui/value.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';

const rights = { read: 'records:read', write: 'records:read' };

function mediaQuery(project: string) {
  return infiniteQueryOptions({
    queryKey: ['media', project],
    queryFn: ({ pageParam, signal }) =>
      sendRequest<Paged<LinkedMedia>>('/api/v1/media', {
        query: { page: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ meta }) => (meta.page < meta.totalPages ? meta.page + 1 : undefined),
  });
}

/** The uploaded files, and where each of them stands. */
export function MediaSection({ project }: { readonly project: string }) {
  const query = useInfiniteQuery(mediaQuery(project));
  const rows = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const total = query.data?.pages[0]?.meta.totalItems;
  return (
    <Section rights={rights} wide>
      {() =>
        total === 0 ? (
          <EmptyState
            name="media"
            title={words.emptyTitle}
            lead={words.emptyLead}
            snippet={words.snippet}
          />
        ) : (
          <Part title={words.title} lead={words.lead}>
            {query.isError ? (
              <Failure
                title={words.failed}
                error={query.error}
                onRetry={() => void query.refetch()}
              />
            ) : null}
            {query.isPending ? <SkeletonRows rows={12} height="36px" /> : null}
            {rows.length === 0 ? null : (
              <Table
                label={words.list}
                rows={rows}
                columns={toColumns(project)}
                toKey={toPlace}
                toMarks={({ mediaId }) => ({ 'data-media': mediaId })}
              />
            )}
            {query.hasNextPage ? (
              <Button
                className="mt-3"
                disabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {words.more}
              </Button>
            ) : null}
          </Part>
        )
      }
    </Section>
  );
}

function toPlace(row: LinkedMedia): string {
  return [row.mediaId, row.traceId, row.observationId, row.datasetItemId, row.field].join(' ');
}

function toColumns(project: string): readonly TableColumn<LinkedMedia>[] {
  return [
    {
      key: 'type',
      name: words.type,
      narrow: true,
      render: ({ contentType }) => <span className="font-medium">{contentType}</span>,
    },
    {
      key: 'size',
      name: words.size,
      right: true,
      narrow: true,
      render: ({ contentLength }) => <Amount of={toBytes(contentLength)} />,
    },
    { key: 'stands', name: words.stands, render: (row) => <Place project={project} row={row} /> },
    {
      key: 'field',
      name: words.field,
      render: ({ field }) => <span className="text-muted">{field}</span>,
    },
    {
      key: 'uploaded',
      name: words.uploaded,
      render: ({ uploadedAt }) => <Time iso={uploadedAt} className="text-muted" />,
    },
    { key: 'id', name: words.id, render: ({ mediaId }) => <Id id={mediaId} /> },
    {
      key: 'actions',
      name: words.actions,
      quiet: true,
      right: true,
      narrow: true,
      render: ({ url, mediaId }) => (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={words.openFile(mediaId)}
          className={toButtonClass('plain')}
        >
          {words.open}
        </a>
      ),
    },
  ];
}

function Place({ project, row }: { readonly project: string; readonly row: LinkedMedia }) {
  const { traceId, datasetItemId } = row;
  if (traceId === null)
    return <span className="text-muted">{words.item(datasetItemId ?? '')}</span>;
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project, traceId }}
      className="inline-flex h-6 items-center text-accent hover:underline"
    >
      {words.trace(traceId.length > 16 ? traceId.slice(0, 12) : traceId)}
    </Link>
  );
}
