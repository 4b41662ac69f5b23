/** Serves one client over stdin and stdout until it goes away. */
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from './server.ts';
import type { McpSurface } from './surface.ts';

/** Resolves when stdin ends or the signal is aborted. Nothing else may write to stdout meanwhile. */
export async function serveOverStdio(surface: McpSurface, signal: AbortSignal): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const end = () => ended.resolve();
  process.stdin.once('end', end).once('close', end).once('error', end);
  process.stdout.once('error', end);
  signal.addEventListener('abort', end, { once: true });
  const handle = serveStdio(() => createMcpServer(surface), {
    transport: new StdioServerTransport(process.stdin, process.stdout),
    onerror: (error) => process.stderr.write(`${error.message}\n`),
  });
  if (signal.aborted) end();
  await ended.promise;
  await handle.close();
}
