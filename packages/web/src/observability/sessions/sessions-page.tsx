import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toPath } from '../../lib/api.ts';
import { addChangeListener } from '../../lib/live.ts';
import { toProjectPath } from '../../lib/server.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { CopyAsMenu, useCopyKeys } from '../../ui/copy-as-menu.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { useGridSelection } from '../../ui/grid/use-grid-selection.ts';
import { builtInKeys } from '../filter/keys.ts';
import { words } from '../messages.ts';
import { filterKeysQuery } from '../traces/queries.ts';
import { QueryBar } from '../traces/query-bar.tsx';
import { toRefusal } from '../traces/refusal.ts';
import { TimeRange } from '../traces/time-range.tsx';
import { EmptySessions, NoSessionHits } from './empty-sessions.tsx';
import { SelectedSessions } from './selected-sessions.tsx';
import { SessionGrid } from './session-grid.tsx';
import { sessionsQuery } from './sessions-query.ts';
import { useSessionsView, type SessionsView } from './use-sessions-view.ts';

const noValues = {};

/** The list of conversations. */
export function SessionsPage() {
  const view = useSessionsView();
  const keys = useQuery(filterKeysQuery).data?.keys ?? builtInKeys;
  const input = useRef<HTMLInputElement>(null);
  const [timeOpen, setTimeOpen] = useState(false);
  const query = useSessionsList(view);
  useLiveSessions(view.project);
  const total = query.data?.pages[0]?.meta.total;
  const call = {
    command: 'coaia fuse sessions list --all',
    path: toPath(toProjectPath(view.project, 'sessions'), { ...view.scope, limit: 50 }),
    baseUrl: useServerUrl(),
  };
  useCopyKeys(call);
  return (
    <>
      <PageBar title={words.sessions} detail={total?.toLocaleString('en')}>
        <CopyAsMenu call={call} />
        <TimeRange
          choice={view.search}
          onChange={view.setTime}
          open={timeOpen}
          onOpenChange={setTimeOpen}
        />
      </PageBar>
      <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2">
        <QueryBar
          value={view.search.q ?? ''}
          onChange={view.setQuery}
          keys={keys}
          seen={noValues}
          refused={toRefusal(query.error)}
          isWaiting={query.isPending || query.isPlaceholderData}
          inputRef={input}
        />
      </div>
      <SessionsBody
        view={view}
        query={query}
        focusQuery={() => input.current?.focus()}
        openTime={() => setTimeOpen(true)}
      />
    </>
  );
}

function useSessionsList(view: SessionsView) {
  return useInfiniteQuery({
    ...sessionsQuery(view.project, view.scope, view.orderBy),
    placeholderData: keepPreviousData,
  });
}

function SessionsBody({
  view,
  query,
  focusQuery,
  openTime,
}: {
  readonly view: SessionsView;
  readonly query: ReturnType<typeof useSessionsList>;
  readonly focusQuery: () => void;
  readonly openTime: () => void;
}) {
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.data), [query.data]);
  const selection = useGridSelection(useMemo(() => rows.map(({ id }) => id), [rows]));
  if (query.isPending) return <SkeletonRows rows={16} />;
  if (query.isError && query.data === undefined) {
    return (
      <Failure
        title={words.sessionsPage.failed}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (rows.length === 0)
    return Object.keys(view.scope).length > 0 ? <NoSessionHits /> : <EmptySessions />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <SessionGrid
        project={view.project}
        rows={rows}
        selection={selection}
        orderBy={view.orderBy}
        onSort={view.setSort}
        hasMore={query.hasNextPage}
        needMore={() => void query.fetchNextPage({ cancelRefetch: false })}
        focusQuery={focusQuery}
        openTime={openTime}
      />
      <SelectedSessions project={view.project} selection={selection} />
    </div>
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
