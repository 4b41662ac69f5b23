/** Lines about how far a long run has come, on stderr. */
import type { Output } from '#surface';
import type { Progress } from '../transfers/transfer.ts';

/** Least time between two lines of one kind, in milliseconds. */
const PAUSE_MS = 2_000;

/** A line when a kind is done, and now and then before. */
export function toProgressPrinter(out: Output, verb: string): (progress: Progress) => void {
  let last = Date.now();
  return ({ kind, read, isDone }) => {
    if (!isDone && Date.now() - last < PAUSE_MS) return;
    last = Date.now();
    out.notice(`${kind}: ${read} ${verb}${isDone ? '' : ' ...'}`);
  };
}
