/** The server that runs on a home, as its lock says. */
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HomePaths } from '#config';
import { readServerLock } from '#store';

export interface FoundServer {
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  /** Epoch milliseconds at which it began to listen. */
  readonly startedAt: number;
}

const STARTING_MS = 10_000;
const LOOK_MS = 25;

/** The living server; one that is just starting is waited for until it listens or gives up. */
export async function findServer(paths: HomePaths): Promise<FoundServer | undefined> {
  const deadline = performance.now() + STARTING_MS;
  for (;;) {
    const lock = readServerLock(paths.home);
    if (lock === undefined) return undefined;
    const { pid, port, url } = lock;
    if (url !== null && port !== null)
      return { pid, url, port, startedAt: toWriteTime(paths.server) };
    if (performance.now() > deadline) return undefined;
    await sleep(LOOK_MS);
  }
}

/** The lock is written for the last time when the server listens. */
function toWriteTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}
