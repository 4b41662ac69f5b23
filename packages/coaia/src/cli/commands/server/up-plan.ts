/** What `coaia up` is asked to do, checked before anything is touched. */
import { commonErrors } from '#base';
import { httpErrors } from '#http/errors';
import { isLoopback } from '#http/origin';
import type { ServerRole } from '#http/open-server';
import { toServerHome } from './server-home.ts';
import type { ServerContext, ServerFlags, ServerHome } from './server-home.ts';

/** Ports tried from the default one on when it is taken. */
const PORTS_TRIED = 30;

export interface UpOptions extends ServerFlags {
  readonly redis: string | undefined;
  readonly role: string;
  readonly public: boolean | undefined;
}

export interface UpPlan {
  readonly home: ServerHome;
  readonly host: string;
  readonly ports: readonly number[];
  /** The port was named by somebody, so no other one will do. */
  readonly isPortFixed: boolean;
  readonly durability: 'full' | 'relaxed';
  readonly publicUrl: string | undefined;
  /** Apply the stricter limits of Langfuse. */
  readonly isStrict: boolean;
  readonly role: ServerRole;
  readonly redisUrl: string | undefined;
}

/** Checks options and environment. Throws COAIA-0002, 0407, 0408 and the codes of settings. */
export function toUpPlan(options: UpOptions, context: ServerContext): UpPlan {
  const { env } = context;
  requireRedis(options, env);
  const home = toServerHome(context, options);
  const { host, port, durability, strict } = home.settings.values;
  requireChosenKeys(host, options, env);
  const isPortFixed = home.settings.candidates.port.some(
    (candidate) => candidate.wins && candidate.family !== 'default',
  );
  const count = isPortFixed ? 1 : PORTS_TRIED;
  return {
    home,
    host,
    ports: Array.from({ length: count }, (_, step) => port + step),
    isPortFixed,
    durability,
    isStrict: strict === 'langfuse',
    role: options.role as ServerRole,
    redisUrl: toRedisUrl(options, env),
    publicUrl: toPublicUrl(env['COAIA_PUBLIC_URL']),
  };
}

function toPublicUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '');
  throw commonErrors.create(
    'COAIA-0002',
    `COAIA_PUBLIC_URL is not an http or https address: ${text}`,
    { hint: 'unset COAIA_PUBLIC_URL' },
  );
}

function requireRedis(options: UpOptions, env: ServerContext['env']): void {
  if (options.role === 'all' || toRedisUrl(options, env) !== undefined) return;
  throw httpErrors.create(
    'COAIA-0408',
    `--role ${options.role} shares its work through Redis, and neither --redis nor REDIS_URL is set.`,
    { hint: 'coaia up --role all' },
  );
}

function toRedisUrl({ redis }: UpOptions, env: ServerContext['env']): string | undefined {
  return (redis ?? env['REDIS_URL']) || undefined;
}

/** Other machines may only be let in with keys that somebody chose on purpose. */
function requireChosenKeys(host: string, options: UpOptions, env: ServerContext['env']): void {
  if (isLoopback(host) || options.public === true) return;
  const { LANGFUSE_INIT_PROJECT_PUBLIC_KEY: key, LANGFUSE_INIT_PROJECT_SECRET_KEY: secret } = env;
  if (key && secret) return;
  throw httpErrors.create(
    'COAIA-0407',
    `Listening on ${host} lets other machines in, but no keys were chosen: set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY, or confirm the random pair with --public.`,
    { hint: `coaia up --host ${host} --public` },
  );
}
