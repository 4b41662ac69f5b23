/** Stopping in good order: what is running ends well, and after ten seconds everything has ended. */
import type { Server } from 'node:http';
import type { EventStreams } from './event-streams.ts';

/** Time for running requests, in milliseconds; the rest of the ten seconds is for the store. */
const PATIENCE_MS = 8_000;
const IDLE_CHECK_MS = 50;

/**
 * Stops accepting, ends event streams, waits for running requests, cuts off those that take too long, then runs
 * `after` one by one. A step that fails does not keep the later ones from running; the first failure is thrown.
 */
export async function closeServer(
  server: Server,
  streams: EventStreams,
  after: readonly (() => Promise<void>)[],
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  streams.close();
  // Connections become idle one by one as their request ends.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const force = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(force);
  const failures: unknown[] = [];
  for (const step of after) {
    await step().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
