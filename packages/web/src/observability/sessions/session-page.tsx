import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { isActivated, useShortcuts } from '../../lib/keyboard.ts';
import { addChangeListener } from '../../lib/live.ts';
import { addRecent } from '../../lib/preferences.ts';
import { sessionQuery } from '../../lib/server.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { IconArrowLeft } from '../../ui/icons.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { words } from '../messages.ts';
import { CopyAsMenu, writeCommand } from '../../ui/copy-as-menu.tsx';
import { toSessionCall } from '../traces/copy-as.ts';
import { SessionFacts } from './session-facts.tsx';
import { sessionTurnsQuery, type SessionTurn } from './sessions-query.ts';
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
  const copy = () => writeCommand(call);
  useSessionLive(project, sessionId);
  useRecent(project, sessionId, query.isSuccess);
  useTurnKeys({ project, active, setActive, ids: turns.map((turn) => turn.traceId), copy });
  return (
    <>
      <PageBar title={sessionId} before={<BackLink project={project} />}>
        <CopyAsMenu call={call} />
      </PageBar>
      {session === undefined ? null : <SessionFacts session={session} />}
      {query.isPending ? <SkeletonRows rows={10} height="56px" /> : null}
      {query.isError ? (
        <SessionFailure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {turns.length === 0 ? null : (
        <Conversation
          project={project}
          turns={turns}
          active={active}
          onActivate={setActive}
          more={
            query.hasNextPage ? () => void query.fetchNextPage({ cancelRefetch: false }) : undefined
          }
        />
      )}
    </>
  );
}

function BackLink({ project }: { readonly project: string }) {
  return (
    <Link
      to="/p/$project/sessions"
      params={{ project }}
      aria-label={words.sessionsPage.back}
      data-hint={words.sessionsPage.back}
      className={toButtonClass('ghost', true)}
    >
      <IconArrowLeft size={16} />
    </Link>
  );
}

function Conversation({
  project,
  turns,
  active,
  onActivate,
  more,
}: {
  readonly project: string;
  readonly turns: readonly SessionTurn[];
  readonly active: number;
  readonly onActivate: (index: number) => void;
  readonly more: (() => void) | undefined;
}) {
  return (
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
            onActivate={() => onActivate(index)}
          />
        ))}
      </ol>
      {more === undefined ? null : (
        <div className="flex justify-center pb-6">
          <Button onClick={more}>{words.sessionsPage.moreTurns}</Button>
        </div>
      )}
    </div>
  );
}

function useRecent(project: string, sessionId: string, known: boolean): void {
  useEffect(() => {
    if (!known) return;
    const path = `/p/${encodeURIComponent(project)}/sessions/${encodeURIComponent(sessionId)}`;
    addRecent({ path, label: sessionId, kind: 'session' });
  }, [project, sessionId, known]);
}

function SessionFailure({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  if (error instanceof ApiError && error.status === 404) {
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
