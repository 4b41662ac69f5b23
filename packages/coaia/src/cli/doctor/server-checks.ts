/** The server on this machine, its port, and servers elsewhere. */
import { createServer } from 'node:net';
import { isObject } from '#base';
import { isLoopback } from '#egress';
import { readServerLock } from '#store';
import { resolveTarget } from '#config';
import type { Check, CheckResult } from './check.ts';
import { fail, ok, toFailed, warn } from './check.ts';
import { askService, toRefusal } from './probe.ts';

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
export const checkTarget: Check = async (input) => {
  const { settings, network } = input;
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
  const basic = Buffer.from(`${target.publicKey}:${target.secretKey}`).toString('base64');
  const answer = await askService('langfuse', input, {
    url: `${baseUrl}/api/public/projects`,
    headers: { authorization: `Basic ${basic}` },
  });
  if ('failure' in answer) return answer.failure;
  if (answer.status === 401 || answer.status === 403) {
    const hint = 'coaia config explain langfuse_public_key';
    return { ...fail('langfuse', `${baseUrl} refuses the keys`, hint), reason: 'refused' };
  }
  return (
    toRefusal('langfuse', baseUrl, answer.status, 'langfuse_base_url') ?? [
      ok('langfuse', `${baseUrl} answers and takes the keys${toProject(answer.json)}`),
      ...checkSkew(answer.headers.get('date')),
    ]
  );
};

function toProject(json: unknown): string {
  const list = isObject(json) ? json['data'] : undefined;
  const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
  return isObject(first) && typeof first['name'] === 'string' ? `, project ${first['name']}` : '';
}

/** Signed addresses and the order of traces go wrong when two clocks differ by minutes. */
const MOST_SKEW_MS = 60_000;

function checkSkew(date: string | null): readonly CheckResult[] {
  const skew = date === null ? Number.NaN : Date.now() - Date.parse(date);
  if (Number.isNaN(skew) || Math.abs(skew) < MOST_SKEW_MS) return [];
  const seconds = Math.round(skew / 1000);
  return [
    warn(
      'clock of the server',
      `differs by ${seconds} s from this machine`,
      'set the clock here or there',
    ),
  ];
}
