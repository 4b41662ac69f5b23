import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isActivated, useShortcuts, type Shortcut } from '../../lib/keyboard.ts';
import { words as roomWords } from '../messages.ts';
import { words } from './messages.ts';
import type { SessionView } from './use-session.ts';

/** Brings a turn into view. */
function showTurn(traceId: string | undefined): void {
  document
    .querySelector(`[data-turn="${CSS.escape(traceId ?? '')}"]`)
    ?.scrollIntoView({ block: 'nearest' });
}

const isFree = (event: KeyboardEvent) => !isActivated(event.target);

/** Keys of a conversation: turn by turn, its trace, and the replay. */
export function useTurnKeys(
  view: SessionView,
  active: number,
  setActive: (index: number) => void,
): void {
  const { project, turns, step } = view;
  const navigate = useNavigate();
  const go = (to: number) => {
    const next = Math.min(turns.length - 1, Math.max(0, to));
    setActive(next);
    showTurn(turns[next]?.traceId);
  };
  const open = () => {
    const traceId = turns[active]?.traceId;
    if (traceId !== undefined)
      void navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } });
  };
  // What was just reached is what is read: it becomes the active turn and comes into view.
  useEffect(() => {
    if (step === undefined || step === 0) return;
    const index = Math.ceil(step / 2) - 1;
    setActive(index);
    showTurn(turns[index]?.traceId);
  }, [step, turns, setActive]);
  const names = roomWords.keys;
  const replaying: readonly Shortcut[] = toReplayKeys(view);
  useShortcuts(roomWords.session, [
    { keys: ['j'], label: names.nextTurn, run: () => go(active + 1), when: isFree },
    { keys: ['k'], label: names.previousTurn, run: () => go(active - 1), when: isFree },
    { keys: ['Enter', 'o'], label: roomWords.sessionsPage.openTrace, run: open, when: isFree },
    ...replaying,
  ]);
}

function toReplayKeys({ step, setStep }: SessionView): readonly Shortcut[] {
  const running = () => step !== undefined;
  const free = (event: KeyboardEvent) => running() && isFree(event);
  return [
    { keys: ['r'], label: words.replayKey, run: () => setStep(1) },
    {
      keys: ['ArrowRight', 'Space'],
      label: words.next,
      run: () => setStep((step ?? 0) + 1),
      when: free,
    },
    { keys: ['ArrowLeft'], label: words.previous, run: () => setStep((step ?? 0) - 1), when: free },
    { keys: ['Escape'], label: words.endReplay, run: () => setStep(undefined), when: running },
  ];
}
