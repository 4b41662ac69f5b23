/** What a shell loads when it enters a folder, and what it forgets when it leaves one. */
import { isEnvName, isTrusted, readEnvFile } from '#config';
import type { Env } from '#config';
import { findFile, isMetadata, toPlace } from './environment.ts';
import type { Environments } from './open-environments.ts';
import { isLoader, isTrustedFolder } from './trust.ts';

/** Names that the hook has set in this shell, with spaces between. */
export const LOADED = 'COAIA_ENV_LOADED';

export interface Reload {
  readonly unset: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  /** Sentences for the person at the shell. */
  readonly notes: readonly string[];
}

/** Variables that the shell has from elsewhere stay: the process environment comes first. */
export function planReload(environments: Environments, env: Env): Reload {
  const loaded = (env[LOADED] ?? '').split(' ').filter((name) => isEnvName(name));
  const { values, notes } = readFolder(environments);
  const set = Object.fromEntries(
    Object.entries(values).filter(([name]) => loaded.includes(name) || !env[name]),
  );
  const names = Object.keys(set);
  return {
    unset: [
      ...loaded.filter((name) => !names.includes(name)),
      ...(names.length > 0 ? [] : [LOADED]),
    ],
    set: names.length > 0 ? { ...set, [LOADED]: names.join(' ') } : {},
    notes,
  };
}

function readFolder(environments: Environments): {
  readonly values: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
} {
  const { cwd, home, profile, keys } = environments;
  const names = profile === undefined ? [undefined] : [undefined, profile];
  const files = names.flatMap((name) => findFile(toPlace({ cwd, home }, 'project', name)) ?? []);
  if (files.length === 0) return { values: {}, notes: [] };
  if (!isTrustedFolder(home, cwd))
    return { values: {}, notes: ['coaia: the environment here is not loaded; coaia env trust'] };
  const foreign = files.find((file) => !isTrusted(file));
  if (foreign !== undefined)
    return { values: {}, notes: [`coaia: others may write ${foreign}; it is not loaded`] };
  const pairs = files.flatMap((file) => Object.entries(readEnvFile(file, keys)?.values ?? {}));
  const usable = pairs.filter(
    ([name, value]) => isEnvName(name) && !isMetadata(name) && value !== '',
  );
  const kept = usable.filter(([name]) => !isLoader(name));
  const left = usable.filter(([name]) => isLoader(name)).map(([name]) => name);
  return {
    values: Object.fromEntries(kept),
    notes: left.length === 0 ? [] : [`coaia: not loaded by itself: ${left.join(', ')}`],
  };
}
