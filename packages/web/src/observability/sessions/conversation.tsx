import { Button } from '../../ui/button.tsx';
import { words } from '../messages.ts';
import type { SessionView } from './use-session.ts';
import { Turn } from './turn.tsx';

/** The turns as bubbles; while it is replayed only those that were reached. */
export function Conversation({
  view,
  active,
  onActivate,
}: {
  readonly view: SessionView;
  readonly active: number;
  readonly onActivate: (index: number) => void;
}) {
  const { project, turns, step, query } = view;
  const shown = step === undefined ? turns : turns.slice(0, Math.ceil(step / 2));
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={words.sessionsPage.conversation}
    >
      <ol className="mx-auto max-w-200 px-4 py-5">
        {shown.map((turn, index) => (
          <Turn
            key={turn.traceId}
            project={project}
            turn={turn}
            active={index === active}
            open={step === undefined || step >= index * 2 + 2}
            onActivate={() => onActivate(index)}
          />
        ))}
      </ol>
      {query.hasNextPage && step === undefined ? (
        <div className="flex justify-center pb-6">
          <Button onClick={() => void query.fetchNextPage({ cancelRefetch: false })}>
            {words.sessionsPage.moreTurns}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
