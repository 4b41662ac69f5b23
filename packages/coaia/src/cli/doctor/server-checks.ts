/** The server on this machine, its port, and servers elsewhere. */
import { createServer } from 'node:net';
import { createEgress, isLoopback, toUnreachable } from '#egress';
import { readServerLock } from '#store';
import { resolveTarget } from '#config';
import type { Check } from './check.ts';
import { fail, ok, toFailed, warn } from './check.ts';

/** Whether a server runs on this home; otherwise whether its port is free. */
export const checkServer: Check = async ({ settings }) => {
  if (settings === undefined) return [];
  const running = readServerLock(settings.paths.home);
  if (running !== undefined)
    return ok('server', `runs at ${running.url ?? 'an address to come'} (pid ${running.pid})`);
  const { host, port } = settings.values;
  const reason = await findPortProblem(host, port);
  const idle = ok('server', 'not running; coaia up starts it');
  return reason === undefined
    ? [idle, ok('port', `${port} is free`)]
    : [
        idle,
        warn(
          'port',
          `${host}:${port} cannot be used (${reason})`,
          'coaia up takes the next free port',
        ),
      ];
};

function findPortProblem(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => {
      probe.close(() => resolve(undefined));
    });
  });
}

/** Address and keys of another server: complete, and reachable with --network. */
export const checkTarget: Check = async ({ settings, network, context }) => {
  if (settings === undefined) return [];
  let target;
  try {
    target = resolveTarget(settings);
  } catch (error) {
    return toFailed('langfuse', error);
  }
  if (target.kind === 'local') {
    return target.keys === undefined
      ? ok('langfuse', 'no other server is set, commands use the local store')
      : warn(
          'langfuse',
          `the keys ${target.keys.publicKey} are set without an address`,
          'coaia explain COAIA-0210',
        );
  }
  const { baseUrl } = target;
  const isLocal = isLoopback(new URL(baseUrl).hostname);
  if (!network && !isLocal) return ok('langfuse', `${baseUrl} (not asked; add --network)`);
  const egress = createEgress({
    offline: settings.values.offline,
    ledgerPath: settings.paths.egressLedger,
    env: context.env,
  });
  try {
    const answer = await egress.fetch('doctor', `${baseUrl}/api/public/projects`, {
      headers: {
        authorization: `Basic ${Buffer.from(`${target.publicKey}:${target.secretKey}`).toString('base64')}`,
      },
      signal: context.signal,
    });
    await answer.arrayBuffer();
    if (answer.ok) return ok('langfuse', `${baseUrl} answers and takes the keys`);
    return answer.status === 401 || answer.status === 403
      ? fail('langfuse', `${baseUrl} refuses the keys`, 'coaia config explain langfuse_public_key')
      : fail('langfuse', `${baseUrl} answered ${answer.status}`);
  } catch (error) {
    return toFailed(
      'langfuse',
      'definition' in (error as Error) ? error : toUnreachable(error, baseUrl),
    );
  } finally {
    egress.close();
  }
};
