import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { toCost, toCount, toDuration } from '../../lib/format.ts';
import { toClass } from '../../ui/class-names.ts';
import { Amount, Status, Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { BlockView } from '../trace/detail/block-view.tsx';
import type { SessionTurn } from './sessions-query.ts';
import { toSpokenBlocks } from './spoken.ts';

function View({
  project,
  turn,
  active,
  open = true,
  className,
  onActivate,
}: {
  readonly project: string;
  readonly turn: SessionTurn;
  readonly active: boolean;
  /** False while a replay has reached the question only. */
  readonly open?: boolean;
  readonly className?: string;
  readonly onActivate: () => void;
}) {
  return (
    <li
      data-turn={turn.traceId}
      aria-current={active ? 'true' : undefined}
      className={toClass(
        'rounded-lg border-l-2 py-3 pr-2 pl-3',
        className,
        active ? 'border-l-accent bg-hover' : 'border-l-transparent',
      )}
      onClick={onActivate}
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-3 text-xs text-muted">
        <Time iso={turn.timestamp} />
        <span className="text-fg">{turn.name ?? words.unnamed}</span>
        {turn.level === 'DEFAULT' ? null : (
          <Status state={turn.level === 'ERROR' ? 'error' : 'warning'} />
        )}
        <Amount of={toDuration(turn.latencyMs)} />
        <Amount of={toCost(turn.totalCost)} />
        <span className="max-sm:hidden">
          <Amount of={toCount(turn.totalTokens)} />
        </span>
        <span className="flex-1" />
        <Link
          to="/p/$project/traces/$traceId"
          params={{ project, traceId: turn.traceId }}
          className="inline-flex h-6 items-center rounded-sm px-1 text-accent underline-offset-2 hover:underline"
          aria-label={`${words.sessionsPage.openTrace} ${turn.name ?? turn.traceId}`}
        >
          {words.sessionsPage.openTrace}
        </Link>
      </div>
      <Bubble
        who={turn.userId ?? words.sessionsPage.user}
        side="user"
        value={turn.input}
        nothing={words.sessionsPage.noInput}
      />
      {open ? (
        <Bubble
          who={words.sessionsPage.assistant}
          side="assistant"
          value={turn.output}
          nothing={words.sessionsPage.noOutput}
        />
      ) : null}
    </li>
  );
}

/** One trace of a conversation: what was asked, what was answered. */
export const Turn = memo(
  View,
  (before, after) =>
    before.turn === after.turn && before.active === after.active && before.open === after.open,
);

function Bubble({
  who,
  side,
  value,
  nothing,
}: {
  readonly who: string;
  readonly side: 'user' | 'assistant';
  readonly value: unknown;
  readonly nothing: string;
}) {
  const blocks = useMemo(() => toSpokenBlocks(value, side), [value, side]);
  // A tree has no width of its own, so its bubble takes the whole it may have.
  const wide = side === 'assistant' || blocks.some((block) => block.kind !== 'text');
  return (
    <div className={toClass('mt-1.5 flex', side === 'user' && 'justify-end')}>
      <div
        className={toClass(
          'max-w-[90%] min-w-0 rounded-lg border border-line px-3 py-2',
          wide && 'w-full',
          side === 'user' && 'bg-surface',
        )}
      >
        <p className="mb-0.5 text-xs text-muted">{who}</p>
        <div className="space-y-2">
          {blocks.length === 0 ? (
            <p className="text-muted">{nothing}</p>
          ) : (
            blocks.map((block, index) => <BlockView key={index} block={block} />)
          )}
        </div>
      </div>
    </div>
  );
}
