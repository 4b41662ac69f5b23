/** What the suites share that write, start the server again and read: places, calls, and tidying up. */
import { afterEach } from 'vitest';
import type { BenchServer } from '../../bench/lib/server.ts';
import { createPlace } from './places.ts';
import type { Place } from './places.ts';

/** Runs after each test, the last added first. */
export const cleaners: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).toReversed()) await clean();
});

/** An empty home with an empty database of the kind, taken away after the test. */
export async function createOwnPlace(kind: string): Promise<Place> {
  const place = await createPlace(kind);
  cleaners.push(() => place.remove());
  return place;
}

/** A call below `/api/` with the keys; the answer's JSON, whatever its status. */
export async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}/api/${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}
