import { useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { IconColumns, IconDownload, IconMore, IconPlay } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { words as roomWords } from '../messages.ts';
import { toSessionCall } from '../traces/copy-as.ts';
import { CompareDialog } from './compare/compare-dialog.tsx';
import { CompareView } from './compare/compare-view.tsx';
import { Conversation } from './conversation.tsx';
import { writeSessions } from './export-sessions.ts';
import { words } from './messages.ts';
import { ReplayBar } from './replay-bar.tsx';
import { SessionFacts } from './session-facts.tsx';
import { useSession, type SessionView } from './use-session.ts';
import { useTurnKeys } from './use-turn-keys.ts';

/** One conversation: its turns as bubbles, the trace of each one key away; replayed, exported, compared. */
export function SessionPage() {
  const view = useSession();
  const baseUrl = useServerUrl();
  const [choosing, setChoosing] = useState(false);
  const { project, sessionId, search, query } = view;
  return (
    <PageFrame
      title={sessionId}
      crumbs={[
        { label: roomWords.sessions, link: { to: '/p/$project/sessions', params: { project } } },
      ]}
      call={toSessionCall(baseUrl, sessionId)}
      actions={<SessionActions view={view} onCompare={() => setChoosing(true)} />}
    >
      {query.isPending ? <SkeletonRows rows={10} height="56px" /> : null}
      {query.isError ? (
        <SessionFailure error={query.error} onRetry={() => void query.refetch()} />
      ) : search.with === undefined ? (
        <OneSession view={view} />
      ) : (
        <CompareView view={view} other={search.with} />
      )}
      {choosing ? (
        <CompareDialog
          project={project}
          sessionId={sessionId}
          onChoose={view.setWith}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </PageFrame>
  );
}

function SessionActions({
  view,
  onCompare,
}: {
  readonly view: SessionView;
  readonly onCompare: () => void;
}) {
  const { project, sessionId, step, setStep, search } = view;
  return (
    <>
      {search.with === undefined ? (
        <Button
          aria-pressed={step !== undefined}
          label={words.replay}
          className="max-sm:w-7 max-sm:px-0"
          onClick={() => setStep(step === undefined ? 1 : undefined)}
        >
          <IconPlay size={14} />
          <span className="max-sm:sr-only">{words.replay}</span>
        </Button>
      ) : null}
      <Button label={words.compareWith} className="max-sm:w-7 max-sm:px-0" onClick={onCompare}>
        <IconColumns size={14} />
        <span className="max-sm:sr-only">{words.compare}</span>
      </Button>
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={words.export}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem
          icon={<IconDownload size={14} />}
          onSelect={() => void writeSessions(project, [sessionId], 'json')}
        >
          {words.exportJson}
        </MenuItem>
        <MenuItem
          icon={<IconDownload size={14} />}
          onSelect={() => void writeSessions(project, [sessionId], 'markdown')}
        >
          {words.exportMarkdown}
        </MenuItem>
      </Menu>
    </>
  );
}

function OneSession({ view }: { readonly view: SessionView }) {
  const { session, turns, step } = view;
  const [active, setActive] = useState(-1);
  useTurnKeys(view, active, setActive);
  return (
    <>
      {session === undefined ? null : <SessionFacts session={session} />}
      {turns.length === 0 ? null : (
        <Conversation view={view} active={active} onActivate={setActive} />
      )}
      {step === undefined ? null : <ReplayBar view={view} />}
    </>
  );
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
        <p className="font-medium">{roomWords.sessionsPage.missing}</p>
        <p className="mt-1 text-muted">{roomWords.sessionsPage.missingLead}</p>
      </div>
    );
  }
  return <Failure title={roomWords.sessionsPage.failed} error={error} onRetry={onRetry} />;
}
