/** The home: one folder with the store, keys and everything else that belongs to this user. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configErrors } from './errors.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface HomePaths {
  readonly home: string;
  readonly database: string;
  readonly blobs: string;
  readonly models: string;
  readonly cache: string;
  readonly scoreConfigs: string;
  readonly logs: string;
  readonly egressLedger: string;
  readonly keys: string;
  readonly credentials: string;
  /** Address, process id and start time of the running server. */
  readonly server: string;
  /** Traces that wait for a server that is away. */
  readonly spool: string;
  readonly config: string;
  /** Which profile each folder uses. */
  readonly profiles: string;
  /** Folders whose variables may be loaded by themselves. */
  readonly trust: string;
  /** Copies of files of variables that a command has written over. */
  readonly backups: string;
}

/** Where everything lies below a home. Makes nothing. */
export function homePaths(home: string): HomePaths {
  return {
    home,
    database: join(home, 'coaia.db'),
    blobs: join(home, 'blobs'),
    models: join(home, 'models'),
    cache: join(home, 'cache'),
    scoreConfigs: join(home, 'cache', 'score-configs'),
    logs: join(home, 'logs'),
    egressLedger: join(home, 'logs', 'egress.jsonl'),
    keys: join(home, 'keys'),
    credentials: join(home, 'credentials.json'),
    server: join(home, 'server.json'),
    spool: join(home, 'spool'),
    config: join(home, 'config.json'),
    profiles: join(home, 'profiles.json'),
    trust: join(home, 'trust', 'folders.json'),
    backups: join(home, 'backups'),
  };
}

export interface PathContext {
  readonly cwd: string;
  readonly env: Env;
}

/** An absolute path; a leading `~` is the user's home folder. */
export function toAbsolutePath(path: string, { cwd, env }: PathContext): string {
  const user = toUserHome(env);
  const isHome = path === '~' || path.startsWith('~/') || path.startsWith('~\\');
  return isHome && user !== undefined ? join(user, path.slice(1)) : resolve(cwd, path);
}

/** The user's own folder; undefined when the environment names none. */
export function toUserHome(env: Env): string | undefined {
  return env['HOME'] || env['USERPROFILE'] || undefined;
}

/** `COAIA_HOME`, else `~/.coaia`. Throws COAIA-0212 when there is neither. */
export function findHome(context: PathContext, given?: string): string {
  const named = given ?? context.env['COAIA_HOME'];
  if (named !== undefined && named !== '') return toAbsolutePath(named, context);
  const user = toUserHome(context.env);
  if (user !== undefined) return join(user, '.coaia');
  throw configErrors.create('COAIA-0212', 'Neither COAIA_HOME nor HOME is set.', {
    hint: 'export COAIA_HOME=/path/to/a/folder',
  });
}

/** Makes a folder of the home for this user only (0700). Throws COAIA-0212 with the path when it cannot. */
export function createFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw configErrors.create('COAIA-0212', `The folder ${path} cannot be made (${code}).`, {
      hint: 'set COAIA_HOME to a folder you may write to',
      cause: error,
    });
  }
}
