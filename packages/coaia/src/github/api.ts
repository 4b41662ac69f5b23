/** Calls of the GitHub REST API (https://docs.github.com/rest, version 2022-11-28). */
import { isObject } from '#base';
import { createEgress, toUnreachable } from '#egress';
import type { Egress } from '#egress';
import { resolveSettings } from '#config';
import type { CommandContext } from '#surface';
import { githubErrors } from './errors.ts';

export interface GithubCall {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly json?: unknown;
}

export interface Github {
  /** False: public repositories can be read, nothing can be written. */
  readonly hasToken: boolean;
  /** JSON of a 2xx answer. Throws COAIA-6200 to 6203, COAIA-0601 and COAIA-0602. */
  call(path: string, call?: GithubCall): Promise<unknown>;
  close(): void;
}

const TIMEOUT_MS = 30_000;

/** Opens the API that the settings name. */
export function openGithub(context: CommandContext<unknown>): Github {
  const { env, envFiles, cwd, flags, signal } = context;
  const profile = flags.profile === undefined ? {} : { profile: flags.profile };
  const { values, paths } = resolveSettings({ env, envFiles, cwd, ...profile });
  const egress = createEgress({ offline: values.offline, ledgerPath: paths.egressLedger, env });
  const base = values.github_base_url.replace(/\/+$/, '');
  return createGithub({ egress, base, token: values.github_token, signal });
}

interface GithubOptions {
  readonly egress: Pick<Egress, 'fetch' | 'close'>;
  /** Without a slash at its end. */
  readonly base: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

function createGithub({ egress, base, token, signal }: GithubOptions): Github {
  return {
    hasToken: token !== undefined,
    async call(path, { method = 'GET', query = {}, json } = {}) {
      const url = new URL(`${base}${path}`);
      for (const [name, value] of Object.entries(query))
        if (value !== undefined) url.searchParams.set(name, String(value));
      const answer = await send(egress, url, {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return read(answer, url, token !== undefined);
    },
    close: () => egress.close(),
  };
}

async function send(egress: Pick<Egress, 'fetch'>, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await egress.fetch('github', url, init);
  } catch (error) {
    throw toUnreachable(error, url.origin);
  }
}

async function read(answer: Response, { host }: URL, hasToken: boolean): Promise<unknown> {
  const body = await answer.json().catch(() => undefined);
  if (answer.ok && body !== undefined) return body;
  const said = isObject(body) && typeof body['message'] === 'string' ? `: ${body['message']}` : '';
  if (answer.status === 401 || (answer.status === 403 && !isLimited(answer)))
    throw githubErrors.create(
      'COAIA-6201',
      `${host} refused the ${hasToken ? 'token' : 'request, which carried no token'}${said}`,
      {
        hint: 'coaia config explain github_token',
      },
    );
  if (answer.status === 404)
    throw githubErrors.create(
      'COAIA-6200',
      `${host} has no such repository or issue${said}`,
      hasToken ? {} : { hint: 'set GH_TOKEN when the repository is private' },
    );
  if (isLimited(answer)) throw toLimit(answer, host);
  throw githubErrors.create('COAIA-6203', `${host} answered ${answer.status}${said}`);
}

function isLimited({ status, headers }: Response): boolean {
  return status === 429 || (status === 403 && headers.get('x-ratelimit-remaining') === '0');
}

/** `x-ratelimit-reset` is in epoch seconds. */
function toLimit({ headers }: Response, host: string) {
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN);
  const when = Number.isFinite(reset) ? ` until ${new Date(reset * 1000).toISOString()}` : '';
  return githubErrors.create('COAIA-6202', `${host} takes no more requests${when}.`);
}
