/** What `coaia up` is asked to do, checked before anything is touched. */
import { commonErrors } from '#base';
import { httpErrors } from '#http/errors';
import { isLoopback } from '#http/origin';
import { toServerHome } from './server-home.ts';
import type { HomeContext, ServerHome } from './server-home.ts';

/** The workbench's port; the next free one of the following is taken when it is busy. */
export const DEFAULT_PORT = 26_242;
const PORTS_TRIED = 30;

export interface UpOptions {
  readonly host: string;
  readonly port: number | undefined;
  readonly data: string | undefined;
  readonly database: string | undefined;
  readonly redis: string | undefined;
  readonly role: string;
  readonly public: boolean | undefined;
  readonly durability: string | undefined;
}

export interface UpPlan {
  readonly home: ServerHome;
  readonly host: string;
  readonly ports: readonly number[];
  /** The port was named by the user, so no other one will do. */
  readonly isPortFixed: boolean;
  readonly durability: 'full' | 'relaxed';
  readonly publicUrl: string | undefined;
}

/** Checks options and environment. Throws COAIA-0002, 0407 or 0408. */
export function toUpPlan(options: UpOptions, context: HomeContext): UpPlan {
  const { env } = context;
  requireRedis(options, env);
  requireChosenKeys(options, env);
  const port = options.port ?? toEnvPort(env['PORT']);
  const first = port ?? DEFAULT_PORT;
  if (!Number.isInteger(first) || first < 0 || first > 65_535)
    throw invalid(`${first} is not a port; ports are whole numbers from 0 to 65535.`, '--port 0');
  const durability = options.durability ?? env['COAIA_DURABILITY'] ?? 'full';
  return {
    home: toServerHome(context, options.data, options.database),
    host: options.host,
    ports:
      port === undefined ? Array.from({ length: PORTS_TRIED }, (_, step) => first + step) : [first],
    isPortFixed: port !== undefined,
    durability: durability === 'relaxed' ? 'relaxed' : 'full',
    publicUrl: toPublicUrl(env['COAIA_PUBLIC_URL']),
  };
}

function toEnvPort(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function toPublicUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '');
  throw invalid(
    `COAIA_PUBLIC_URL is not an http or https address: ${text}`,
    'unset COAIA_PUBLIC_URL',
  );
}

function requireRedis(options: UpOptions, env: HomeContext['env']): void {
  if (options.role === 'all' || (options.redis ?? env['REDIS_URL'])) return;
  throw httpErrors.create(
    'COAIA-0408',
    `--role ${options.role} shares its work through Redis, and neither --redis nor REDIS_URL is set.`,
    { hint: 'coaia up --role all' },
  );
}

/** Other machines may only be let in with keys that somebody chose on purpose. */
function requireChosenKeys(options: UpOptions, env: HomeContext['env']): void {
  if (isLoopback(options.host) || options.public === true) return;
  const { LANGFUSE_INIT_PROJECT_PUBLIC_KEY: key, LANGFUSE_INIT_PROJECT_SECRET_KEY: secret } = env;
  if (key && secret) return;
  throw httpErrors.create(
    'COAIA-0407',
    `--host ${options.host} lets other machines in, but no keys were chosen: set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY, or confirm the random pair with --public.`,
    { hint: `coaia up --host ${options.host} --public` },
  );
}

function invalid(message: string, hint: string) {
  return commonErrors.create('COAIA-0002', message, { hint });
}
