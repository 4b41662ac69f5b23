import { addToast } from './toasts.ts';

/** Milliseconds in which a reversible action can be taken back. */
export const undoMs = 8000;

/** An action that the page shows at once and does after 8 s. */
export interface DelayedAction {
  /** What the toast says, as if it were done: `3 items deleted`. */
  readonly said: string;
  /** What is said when the action failed. */
  readonly failed: string;
  /** Does it; `leaving` is true when the page goes away and the call has to outlive it (keepalive). */
  readonly run: (leaving: boolean) => Promise<unknown>;
  /** Runs in every case at the end: after the action, after its failure, after undo. */
  readonly settled: () => void;
}

/**
 * For what cannot be taken back once it is done, such as a delete: the caller hides the thing, and the action
 * runs after 8 s unless undone. Leaving the page runs it at once, because nobody is left to undo it.
 */
export function runAfterUndo({ said, failed, run, settled }: DelayedAction): void {
  let open = true;
  const close = (): boolean => {
    const first = open;
    open = false;
    clearTimeout(timer);
    window.removeEventListener('pagehide', flush);
    return first;
  };
  const flush = () => {
    if (close()) void run(true);
  };
  const act = async () => {
    if (!close()) return;
    try {
      await run(false);
    } catch {
      addToast({ text: failed, tone: 'error' });
    }
    settled();
  };
  const timer = setTimeout(() => void act(), undoMs);
  window.addEventListener('pagehide', flush);
  addToast({
    text: said,
    duration: undoMs,
    undo: () => {
      if (close()) settled();
    },
  });
}

/** For what is done already and has an opposite, such as a label that was moved: says so and offers the way back. */
export function addUndo(said: string, undo: () => Promise<unknown>, failed: string): void {
  const back = async () => {
    try {
      await undo();
    } catch {
      addToast({ text: failed, tone: 'error' });
    }
  };
  addToast({ text: said, duration: undoMs, undo: () => void back() });
}
