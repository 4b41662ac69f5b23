import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { words as roomWords } from '../../messages.ts';
import { words } from '../messages.ts';
import { SessionFacts } from '../session-facts.tsx';
import { useTurns, type SessionView } from '../use-session.ts';
import { TurnPair } from './turn-pair.tsx';

/** Two conversations beside each other, turn by turn. */
export function CompareView({
  view,
  other,
}: {
  readonly view: SessionView;
  readonly other: string;
}) {
  const { project, sessionId, turns: left, session } = view;
  const right = useTurns(project, other);
  const isDiff = view.search.diff === 'on';
  const [active, setActive] = useState(-1);
  if (right.query.isError) {
    return (
      <ErrorState
        title={roomWords.sessionsPage.failed}
        missing={roomWords.sessionsPage.missing}
        error={right.query.error}
        onRetry={() => void right.query.refetch()}
      />
    );
  }
  if (session === undefined || right.session === undefined)
    return <SkeletonRows rows={8} height="56px" />;
  const count = Math.max(left.length, right.turns.length);
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <Button aria-pressed={isDiff} onClick={() => view.setDiff(!isDiff)}>
          {isDiff ? words.plain : words.diff}
        </Button>
        <span className="flex-1" />
        <Button tone="ghost" onClick={() => view.setWith(undefined)}>
          {words.endCompare}
        </Button>
      </div>
      <div
        className="min-h-0 flex-1 overflow-y-auto"
        role="region"
        tabIndex={0}
        aria-label={words.comparing(sessionId, other)}
        data-compare={count}
      >
        <div className="z-10 grid bg-bg sm:sticky sm:top-0 sm:grid-cols-2">
          <Side id={sessionId} facts={<SessionFacts session={session} short />} />
          <Side id={other} facts={<SessionFacts session={right.session} short />} />
        </div>
        <ol>
          {Array.from({ length: count }, (_, index) => (
            <TurnPair
              key={index}
              index={index}
              project={project}
              left={left[index]}
              right={right.turns[index]}
              isDiff={isDiff}
              active={index === active}
              onActivate={() => setActive(index)}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

function Side({ id, facts }: { readonly id: string; readonly facts: React.ReactNode }) {
  return (
    <div className="min-w-0 border-b border-line sm:not-first:border-l">
      <h2 className="truncate px-4 pt-2 font-medium" data-side={id}>
        {id}
      </h2>
      {facts}
    </div>
  );
}
