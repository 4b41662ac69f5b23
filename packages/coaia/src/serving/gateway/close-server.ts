/** Stopping in good order: what is running ends well, and after ten seconds everything has ended. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Longest that running requests are waited for. */
export const DRAIN_MS = 10_000;
const IDLE_CHECK_MS = 20;

/** Open connections of a server. Node itself does not say which of them have never asked anything. */
export function listConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

/** Takes no more connections, waits for running requests, then cuts off those that take too long. */
export function closeServer(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // Connections become idle one by one as their request ends.
    const sweep = () => {
      server.closeIdleConnections();
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    };
    const idle = setInterval(sweep, IDLE_CHECK_MS);
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(force);
      resolve();
    });
    sweep();
  });
}
