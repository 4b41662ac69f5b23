/** Where a server keeps its things and where it listens: flags over environment over the settings files. */
import { resolveSettings } from '#config';
import type { HomePaths, ResolvedSettings } from '#config';
import type { StoreLocation } from '#store';
import type { CommandContext } from '#surface';

/** What the commands of this folder get from the shell. */
export interface ServerContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: { readonly profile: string | undefined };
  readonly envFiles: CommandContext<unknown>['envFiles'];
}

/** Flags that also are settings; undefined where the user said nothing. */
export interface ServerFlags {
  readonly data?: string | undefined;
  readonly database?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly durability?: string | undefined;
}

export interface ServerHome {
  readonly paths: HomePaths;
  readonly location: StoreLocation;
  /** The store as people see it: a path, or an address without credentials. */
  readonly store: string;
  readonly settings: ResolvedSettings;
}

/** Resolves home and store. Fails with the codes of `resolveSettings`. */
export function toServerHome(context: ServerContext, flags: ServerFlags): ServerHome {
  const { data, database, host, port, durability } = flags;
  const { profile } = context.flags;
  const given = { database_url: database, host, port, durability };
  const settings = resolveSettings({
    env: context.env,
    envFiles: context.envFiles,
    cwd: context.cwd,
    flags: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(data === undefined ? {} : { home: data }),
    ...(profile === undefined ? {} : { profile }),
  });
  const { paths } = settings;
  const url = settings.values.database_url;
  return url === undefined
    ? { settings, paths, location: { kind: 'sqlite', path: paths.database }, store: paths.database }
    : { settings, paths, location: { kind: 'postgres', url }, store: toAddress(url) };
}

function toAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'postgres' : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
