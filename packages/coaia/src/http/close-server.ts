/** Stopping in good order: what is running ends well, and after ten seconds everything has ended. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { EventStreams } from './event-streams.ts';

/** Time for running requests, in milliseconds; the rest of the ten seconds is for the store. */
const PATIENCE_MS = 8_000;
const IDLE_CHECK_MS = 50;

/** Open connections of a server. Node itself does not say which of them have never asked anything. */
export function listConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

export interface Closing {
  readonly server: Server;
  readonly connections: ReadonlySet<Socket>;
  readonly streams: EventStreams;
  /** Run one by one at the end; a failing step does not keep the later ones from running. */
  readonly after: readonly (() => Promise<void>)[];
}

/**
 * Stops accepting, ends event streams, waits for running requests, cuts off those that take too long, then runs
 * `after`. The first failure of a step is thrown.
 */
export async function closeServer(closing: Closing): Promise<void> {
  const { server, connections, streams, after } = closing;
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  streams.close();
  // Connections become idle one by one as their request ends.
  const sweep = () => {
    server.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  };
  sweep();
  const idle = setInterval(sweep, IDLE_CHECK_MS);
  const force = setTimeout(() => {
    server.closeAllConnections();
  }, PATIENCE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(force);
  const failures: unknown[] = [];
  for (const step of after) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
