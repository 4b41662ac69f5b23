import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { toPath } from '../../lib/api.ts';
import { toShellWord } from '../../lib/copy-as.ts';
import { toProjectPath } from '../../lib/server.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import { EmptyState, NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { builtInKeys } from '../filter/keys.ts';
import { words as roomWords } from '../messages.ts';
import { filterKeysQuery } from '../traces/queries.ts';
import { QueryBar } from '../traces/query-bar.tsx';
import { toRefusal } from '../traces/refusal.ts';
import { TimeRange } from '../traces/time-range.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { words } from './messages.ts';
import { toUserColumns } from './user-columns.tsx';
import type { UserActions } from './user-menu.tsx';
import { useUsersView, type UsersView } from './use-users-view.ts';

const noValues = {};

/** The people whom traces name: volume, cost, errors, scores; their traces are one key away. */
export function UsersPage() {
  const view = useUsersView();
  const baseUrl = useServerUrl();
  const [timeOpen, setTimeOpen] = useState(false);
  const [erasing, setErasing] = useState<string>();
  const { project, scope, orderBy, search } = view;
  const q = search.q ?? '';
  const flags = `${q === '' ? '' : ` --query ${toShellWord(q)}`}${orderBy === 'lastSeen.desc' ? '' : ` --order-by ${orderBy}`}`;
  return (
    <PageFrame
      title={words.title}
      call={{
        command: `coaia fuse users list${flags}`,
        path: toPath(toProjectPath(project, 'users'), { ...scope, orderBy, limit: 50 }),
        baseUrl,
      }}
      actions={
        <TimeRange
          choice={search}
          onChange={view.setTime}
          open={timeOpen}
          onOpenChange={setTimeOpen}
        />
      }
    >
      <UsersBody view={view} openTime={() => setTimeOpen(true)} onErase={setErasing} />
      {erasing === undefined ? null : (
        <EraseDialog project={project} user={erasing} onClose={() => setErasing(undefined)} />
      )}
    </PageFrame>
  );
}

interface BodyProps {
  readonly view: UsersView;
  readonly openTime: () => void;
  readonly onErase: (user: string) => void;
}

function UsersBody(props: BodyProps) {
  const { view } = props;
  const keys = useQuery(filterKeysQuery).data?.keys ?? builtInKeys;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2">
        <QueryBar
          value={view.search.q ?? ''}
          onChange={view.setQuery}
          keys={keys}
          seen={noValues}
          refused={toRefusal(view.query.error)}
          isWaiting={view.query.isPending || view.query.isPlaceholderData}
          inputRef={input}
        />
      </div>
      <UsersList {...props} focusQuery={() => input.current?.focus()} />
    </>
  );
}

function useUserActions(project: string, erase: (user: string) => void): UserActions {
  const navigate = useNavigate();
  return useMemo(
    () => ({
      erase,
      openTraces: (user) =>
        void navigate({
          to: '/p/$project/traces',
          params: { project },
          search: { q: `user:${JSON.stringify(user)}` },
        }),
      openSessions: (user) =>
        void navigate({
          to: '/p/$project/sessions',
          params: { project },
          search: { q: `user:${JSON.stringify(user)}` },
        }),
    }),
    [navigate, project, erase],
  );
}

function UsersList({
  view,
  openTime,
  onErase,
  focusQuery,
}: BodyProps & { readonly focusQuery: () => void }) {
  const { query, scope, project } = view;
  const actions = useUserActions(project, onErase);
  const columns = useMemo(() => toUserColumns(actions), [actions]);
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.data), [query.data]);
  if (query.isPending) return <GridSkeleton />;
  if (query.isError && query.data === undefined) {
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (rows.length === 0) return <NoUsers filtered={Object.keys(scope).length > 0} />;
  return (
    <DataGrid
      label={words.label}
      rows={rows}
      columns={columns}
      toKey={(row) => row.id}
      toMarks={(row) => ({ 'data-user': row.id })}
      orderBy={view.orderBy}
      onSort={view.setSort}
      onOpen={(row) => actions.openTraces(row.id)}
      hasMore={query.hasNextPage}
      needMore={() => void query.fetchNextPage({ cancelRefetch: false })}
      focusQuery={focusQuery}
      keys={(row) => [
        { keys: ['t'], label: roomWords.keys.timeRange, run: openTime },
        {
          keys: ['Delete'],
          label: words.eraseKey,
          run: () => {
            if (row !== undefined) onErase(row.id);
          },
          when: () => row !== undefined,
        },
      ]}
    />
  );
}

function NoUsers({ filtered }: { readonly filtered: boolean }) {
  if (filtered) return <NothingHere name="hits">{words.noHits}</NothingHere>;
  return (
    <EmptyState
      name="users"
      title={words.emptyTitle}
      lead={words.emptyLead}
      snippet={words.snippet}
    >
      <p className="mt-3 text-muted">{words.emptyNote}</p>
    </EmptyState>
  );
}
