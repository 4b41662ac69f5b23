import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiProblem } from '../../lib/api.ts';
import { writeClipboard } from '../../lib/clipboard.ts';
import { toCost, toCount, toDuration } from '../../lib/format.ts';
import { isActivated, useShortcuts } from '../../lib/keyboard.ts';
import { addChangeListener } from '../../lib/live.ts';
import { addRecent } from '../../lib/preferences.ts';
import { sessionQuery } from '../../lib/server.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { IconArrowLeft } from '../../ui/icons.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Amount, Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { CopyAsMenu } from '../traces/copy-as-menu.tsx';
import { toCopyText, toSessionCall } from '../traces/copy-as.ts';
import { sessionTurnsQuery, type SessionRow } from './sessions-query.ts';
import { Turn } from './turn.tsx';

const route = getRouteApi('/p/$project/sessions/$sessionId');

/** One conversation: its turns as bubbles, the trace of each one key away. */
export function SessionPage() {
  const { project, sessionId } = route.useParams();
  const query = useInfiniteQuery(sessionTurnsQuery(project, sessionId));
  const server = useQuery(sessionQuery).data?.server.baseUrl ?? location.origin;
  const turns = useMemo(
    () => (query.data?.pages ?? []).flatMap((page) => page.turns),
    [query.data],
  );
  const session = query.data?.pages[0]?.session;
  const [active, setActive] = useState(-1);
  const call = toSessionCall(server, sessionId);
  useSessionLive(project, sessionId);
  useTurnKeys({
    project,
    active,
    setActive,
    ids: turns.map((turn) => turn.traceId),
    copy: () => void writeClipboard(toCopyText('CLI', call), words.list.copiedAs('CLI')),
  });
  useEffect(() => {
    if (query.isSuccess)
      addRecent({
        path: `/p/${encodeURIComponent(project)}/sessions/${encodeURIComponent(sessionId)}`,
        label: sessionId,
        kind: 'session',
      });
  }, [project, sessionId, query.isSuccess]);
  return (
    <>
      <PageBar
        title={sessionId}
        before={
          <Link
            to="/p/$project/sessions"
            params={{ project }}
            aria-label={words.sessionsPage.back}
            data-hint={words.sessionsPage.back}
            className={toButtonClass('ghost', true)}
          >
            <IconArrowLeft size={16} />
          </Link>
        }
      >
        <CopyAsMenu call={call} />
      </PageBar>
      {session === undefined ? null : <SessionFacts session={session} />}
      {query.isPending ? <SkeletonRows rows={10} height="56px" /> : null}
      {query.isError ? (
        <SessionFailure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {turns.length === 0 ? null : (
        <div
          className="min-h-0 flex-1 overflow-y-auto"
          tabIndex={0}
          role="region"
          aria-label={words.sessionsPage.conversation}
        >
          <ol className="mx-auto max-w-200 px-4 py-5">
            {turns.map((turn, index) => (
              <Turn
                key={turn.traceId}
                project={project}
                turn={turn}
                active={index === active}
                onActivate={() => setActive(index)}
              />
            ))}
          </ol>
          {query.hasNextPage ? (
            <div className="flex justify-center pb-6">
              <Button
                disabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {words.sessionsPage.moreTurns}
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </>
  );
}

function SessionFacts({ session }: { readonly session: SessionRow }) {
  const names = words.sessionsPage.columns;
  return (
    <dl className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-5 gap-y-0.5 border-b border-line px-3 py-1.5 [&_dt]:text-xs [&_dt]:text-muted [&>div]:flex [&>div]:items-center [&>div]:gap-1.5">
      <div>
        <dt>{names.turns}</dt>
        <dd className="tnum font-medium">{session.traceCount.toLocaleString('en')}</dd>
      </div>
      <div>
        <dt>{names.duration}</dt>
        <dd>
          <Amount of={toDuration(session.durationMs)} />
        </dd>
      </div>
      <div>
        <dt>{names.cost}</dt>
        <dd>
          <Amount of={toCost(session.totalCost)} />
        </dd>
      </div>
      <div>
        <dt>{names.tokens}</dt>
        <dd>
          <Amount of={toCount(session.totalTokens)} />
        </dd>
      </div>
      {session.errorCount === 0 ? null : (
        <div>
          <dt>{names.errors}</dt>
          <dd className="tnum text-error">{session.errorCount}</dd>
        </div>
      )}
      {session.userIds.length === 0 ? null : (
        <div>
          <dt>{names.users}</dt>
          <dd>{session.userIds.join(', ')}</dd>
        </div>
      )}
      <div>
        <dt>{names.activity}</dt>
        <dd>
          <Time iso={session.lastActivity} />
        </dd>
      </div>
    </dl>
  );
}

function SessionFailure({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  if (error instanceof ApiProblem && error.status === 404) {
    return (
      <div className="max-w-160 p-4" data-empty="session">
        <p className="font-medium">{words.sessionsPage.missing}</p>
        <p className="mt-1 text-muted">{words.sessionsPage.missingLead}</p>
      </div>
    );
  }
  return <Failure title={words.sessionsPage.failed} error={error} onRetry={onRetry} />;
}

function useSessionLive(project: string, sessionId: string): void {
  const client = useQueryClient();
  useEffect(
    () =>
      addChangeListener((event) => {
        if (event.sessions?.includes(sessionId) === true)
          void client.invalidateQueries({ queryKey: ['sessions', project, 'one', sessionId] });
      }),
    [client, project, sessionId],
  );
}

function useTurnKeys({
  project,
  active,
  setActive,
  ids,
  copy,
}: {
  readonly project: string;
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly ids: readonly string[];
  readonly copy: () => void;
}): void {
  const navigate = useNavigate();
  const go = (to: number) => {
    const next = Math.min(ids.length - 1, Math.max(0, to));
    setActive(next);
    document
      .querySelector(`[data-turn="${CSS.escape(ids[next] ?? '')}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  };
  const open = () => {
    const traceId = ids[active];
    if (traceId !== undefined)
      void navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } });
  };
  const isFree = (event: KeyboardEvent) => !isActivated(event.target);
  useShortcuts(words.session, [
    { keys: ['j'], label: words.keys.nextTurn, run: () => go(active + 1), when: isFree },
    { keys: ['k'], label: words.keys.previousTurn, run: () => go(active - 1), when: isFree },
    { keys: ['Enter', 'o'], label: words.sessionsPage.openTrace, run: open, when: isFree },
    { keys: ['y'], label: words.keys.copyCli, run: copy },
  ]);
}
