import { memo } from 'react';
import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { words } from '../messages.ts';
import { toBlocksText } from '../session-file.ts';
import type { SessionTurn } from '../sessions-query.ts';
import { toSpokenBlocks } from '../spoken.ts';
import { Turn } from '../turn.tsx';

interface TurnPairProps {
  readonly index: number;
  readonly project: string;
  readonly left: SessionTurn | undefined;
  readonly right: SessionTurn | undefined;
  readonly isDiff: boolean;
  readonly active: boolean;
  readonly onActivate: () => void;
}

function View({ index, project, left, right, isDiff, active, onActivate }: TurnPairProps) {
  return (
    <li aria-label={words.turn(index + 1)} data-pair={index} className="border-b border-line">
      {isDiff ? (
        <Difference left={left} right={right} />
      ) : (
        <ul className="grid sm:grid-cols-2">
          {[left, right].map((turn, side) =>
            turn === undefined ? (
              <li
                key={side}
                className="px-4 py-3 text-faint sm:not-first:border-l sm:not-first:border-line"
              >
                {words.noTurn}
              </li>
            ) : (
              <Turn
                key={side}
                project={project}
                turn={turn}
                active={active}
                open
                className="min-w-0 not-first:border-r-0"
                onActivate={onActivate}
              />
            ),
          )}
        </ul>
      )}
    </li>
  );
}

/** One turn of both conversations. */
export const TurnPair = memo(
  View,
  (before, after) =>
    before.left === after.left &&
    before.right === after.right &&
    before.isDiff === after.isDiff &&
    before.active === after.active,
);

const toSaid = (turn: SessionTurn | undefined, side: 'input' | 'output') =>
  toBlocksText(toSpokenBlocks(turn?.[side], side === 'input' ? 'user' : 'assistant'));

function Difference({ left, right }: Pick<TurnPairProps, 'left' | 'right'>) {
  return (['input', 'output'] as const).map((side) => {
    const label = side === 'input' ? words.question : words.answer;
    const [before, after] = [toSaid(left, side), toSaid(right, side)];
    const same = before === after;
    return (
      <section key={side} className="px-4 py-2" data-said={side}>
        <h3 className="mb-1 text-xs text-muted">
          {label}
          {same ? <span className="text-faint">, {words.same}</span> : null}
        </h3>
        {same ? (
          <p className="line-clamp-2 text-muted">{before}</p>
        ) : (
          <TextDiff before={before} after={after} label={label} />
        )}
      </section>
    );
  });
}
