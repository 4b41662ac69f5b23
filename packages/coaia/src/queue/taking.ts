/** What one worker has at hand: no run twice at the same time, no more than there is place for. */
import type { Delivery, RunRef } from './dispatcher.ts';

/** A run that could not be worked on is not offered again for so long. */
const REFUSED_MS = 300;

/** `freed` is called when there is place again. */
export function openTaking(delivery: Pick<Delivery, 'concurrency' | 'take'>, freed: () => void) {
  const held = new Set<string>();
  let working = 0;
  const release = (key: string): void => {
    held.delete(key);
    freed();
  };
  const take = async (run: RunRef, key: string): Promise<void> => {
    const wasWorkedOn = await delivery.take(run);
    working--;
    if (wasWorkedOn) release(key);
    else setTimeout(release, REFUSED_MS, key).unref();
  };
  return {
    size: () => held.size,
    free: () => delivery.concurrency - working,
    /** False when it is at hand already or there is no place. */
    offer: (run: RunRef): boolean => {
      const key = JSON.stringify([run.projectId, run.id]);
      if (held.has(key) || working >= delivery.concurrency) return false;
      held.add(key);
      working++;
      void take(run, key);
      return true;
    },
  };
}
