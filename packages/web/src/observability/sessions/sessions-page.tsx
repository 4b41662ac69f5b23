import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { addChangeListener } from '../../lib/live.ts';
import { sessionQuery } from '../../lib/server.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Failure, SkeletonRows, Snippet } from '../../ui/panels.tsx';
import { builtInKeys } from '../filter/keys.ts';
import { words } from '../messages.ts';
import { filterKeysQuery } from '../traces/queries.ts';
import { QueryBar } from '../traces/query-bar.tsx';
import { TimeRange } from '../traces/time-range.tsx';
import { toListScope, toMinute, type TracesSearch } from '../traces/traces-search.ts';
import { SessionGrid } from './session-grid.tsx';
import { sessionsQuery, type SessionsSearch } from './sessions-query.ts';

const route = getRouteApi('/p/$project/sessions');
const firstOrder = 'lastActivity.desc';

/** The list of conversations. */
export function SessionsPage() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const keys = useQuery(filterKeysQuery).data?.keys ?? builtInKeys;
  const input = useRef<HTMLInputElement>(null);
  const [timeOpen, setTimeOpen] = useState(false);
  const { q, range, from, to } = search;
  const scope = useMemo(
    () => toListScope({ q, range, from, to } as TracesSearch, toMinute(Date.now())),
    [q, range, from, to],
  );
  const orderBy = search.sort ?? firstOrder;
  const query = useInfiniteQuery({
    ...sessionsQuery(project, scope, orderBy),
    placeholderData: keepPreviousData,
  });
  useLiveSessions(project);
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.data), [query.data]);
  const total = query.data?.pages[0]?.meta.total;
  const update = (change: {
    readonly [K in keyof SessionsSearch]?: SessionsSearch[K] | undefined;
  }) =>
    void navigate({
      search: (before: SessionsSearch) => ({ ...before, ...change }) as SessionsSearch,
    });
  const filtered = Object.keys(scope).length > 0;
  return (
    <>
      <PageBar title={words.sessions} detail={total?.toLocaleString('en')}>
        <TimeRange
          choice={search}
          onChange={(time) => update({ range: time.range, from: time.from, to: time.to })}
          open={timeOpen}
          onOpenChange={setTimeOpen}
        />
      </PageBar>
      <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2">
        <QueryBar
          value={q ?? ''}
          onChange={(text) => update({ q: text === '' ? undefined : text })}
          keys={keys}
          seen={{}}
          refused={undefined}
          inputRef={input}
        />
      </div>
      {query.isPending ? <SkeletonRows rows={16} /> : null}
      {query.isError && query.data === undefined ? (
        <Failure
          title={words.sessionsPage.failed}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.isSuccess && rows.length === 0 ? (
        filtered ? (
          <NoSessionHits />
        ) : (
          <EmptySessions />
        )
      ) : null}
      {rows.length === 0 ? null : (
        <SessionGrid
          project={project}
          rows={rows}
          total={total}
          orderBy={orderBy}
          onSort={(field) =>
            update({
              sort:
                orderBy === `${field}.desc`
                  ? `${field}.asc`
                  : field === 'lastActivity'
                    ? undefined
                    : `${field}.desc`,
            })
          }
          hasMore={query.hasNextPage}
          needMore={() => void (query.isFetchingNextPage || query.fetchNextPage())}
          focusQuery={() => input.current?.focus()}
          openTime={() => setTimeOpen(true)}
        />
      )}
    </>
  );
}

// A session that changes is read anew at most once a second; the order on the page stays the server's.
function useLiveSessions(project: string): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = addChangeListener((event) => {
      if ((event.sessions ?? []).length === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['sessions', project] });
      }, 1000);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, project]);
}

function NoSessionHits() {
  return (
    <p className="p-4 font-medium" role="status" data-empty="hits">
      {words.sessionsPage.noHits}
    </p>
  );
}

function EmptySessions() {
  const session = useQuery(sessionQuery).data;
  const host = session?.server.baseUrl ?? location.origin;
  const snippet = [
    "import { Langfuse } from 'langfuse';",
    `const langfuse = new Langfuse({ baseUrl: '${host}' });`,
    "langfuse.trace({ name: 'turn', sessionId: 'conversation-1', input: 'Hello?', output: 'Hello' });",
    'await langfuse.flushAsync();',
    '',
    '# the command line',
    'coaia fuse traces create "$(uuidgen)" --name turn --session conversation-1',
  ].join('\n');
  return (
    <div className="mx-auto w-full max-w-180 px-4 py-8 md:py-14" data-empty="sessions">
      <h2 className="text-lg font-semibold">{words.sessionsPage.emptyTitle}</h2>
      <p className="mt-1 text-muted">{words.sessionsPage.emptyLead}</p>
      <Snippet className="mt-5" text={snippet} label={words.session} />
    </div>
  );
}
