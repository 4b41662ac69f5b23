/** Where a server keeps its things, from the options and the environment. */
import { findHome, homePaths } from '#config';
import type { HomePaths } from '#config';
import type { StoreLocation } from '#store';

export interface HomeContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ServerHome {
  readonly paths: HomePaths;
  readonly location: StoreLocation;
  /** The store as people see it: a path, or an address without credentials. */
  readonly store: string;
}

/** `--data` over COAIA_HOME over `~/.coaia`; `--database` over DATABASE_URL over the file in the home. */
export function toServerHome(context: HomeContext, data?: string, database?: string): ServerHome {
  const paths = homePaths(findHome(context, data));
  const url = database ?? (context.env['DATABASE_URL'] || undefined);
  if (url === undefined)
    return { paths, location: { kind: 'sqlite', path: paths.database }, store: paths.database };
  return { paths, location: { kind: 'postgres', url }, store: toAddress(url) };
}

function toAddress(url: string): string {
  if (!URL.canParse(url)) return 'postgres';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
