/** The Dispatcher without any server: looks into the database, at once for this process and five times a second for others. */
import type { Clock } from '#base';
import type { Database } from '#store';
import type { Delivery, Dispatcher, DueRun } from './dispatcher.ts';
import { findNextDue, listDueRuns } from './due-runs.ts';
import { toNotices } from './notices.ts';
import { openTaking } from './taking.ts';
import { createWaiter } from './waiter.ts';

const POLL_MS = 200;
/** Longest time without a look, whatever the database says. */
const IDLE_MS = 1000;

export function openEmbeddedDispatcher({
  db,
  clock,
  pollMs = POLL_MS,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly pollMs?: number;
}): Dispatcher {
  const notices = toNotices(db);
  const open = new Set<{ close(): Promise<void> }>();
  return {
    announce: () => notices.tell(),
    look: () => notices.tell(),
    deliver(delivery) {
      const loop = openLoop(db, clock, delivery, pollMs);
      open.add(loop);
      return loop;
    },
    findTrouble: () => undefined,
    async close() {
      for (const loop of open) await loop.close();
    },
  };
}

function openLoop(db: Database, clock: Clock, delivery: Delivery, pollMs: number) {
  const waiter = createWaiter();
  const taking = openTaking(delivery, waiter.wake);
  const stopListening = toNotices(db).listen(waiter.wake);
  const state = { isClosed: false };
  const offerAll = (due: readonly DueRun[]): number => due.filter(taking.offer).length;
  const look = async (): Promise<void> => {
    while (!state.isClosed && taking.free() > 0) {
      const limit = taking.size() + taking.free();
      const due = await listDueRuns(db, { now: clock(), queues: delivery.queues(), limit });
      if (state.isClosed || offerAll(due) === 0) return;
    }
  };
  const run = async (): Promise<void> => {
    while (!state.isClosed) {
      try {
        const token = await db.changeToken();
        await look();
        await waitForWork(token);
      } catch {
        // The store is busy or away; it is asked again.
        await waiter.wait(pollMs * 5);
      }
    }
  };
  const waitForWork = async (token: string): Promise<void> => {
    const now = clock();
    const next = Math.min((await findNextDue(db, now)) ?? Infinity, now + IDLE_MS);
    while (!state.isClosed && !(await waiter.wait(Math.min(pollMs, Math.max(0, next - clock()))))) {
      if (clock() >= next || (await db.changeToken()) !== token) return;
    }
  };
  const running = run();
  return {
    async close() {
      state.isClosed = true;
      stopListening();
      waiter.wake();
      await running;
    },
  };
}
