/** `coaia __complete KIND -- WORDS...`: names for the shells' scripts, from the cache; never the network. */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { resolveSettings, resolveTarget } from '#config';
import type { ResolvedSettings } from '#config';
import { defineCommand } from '#surface';
import {
  getCacheTime,
  readNames,
  toCachePath,
  toPlace,
  updateNames,
} from '../../completion/cache.ts';
import { findNames } from '../../completion/names.ts';
import { NAME_KINDS } from '../../completion/value-kinds.ts';

/** A store that changes all the time is not read again more often. */
const REST_MS = 10_000;

function isStale({ paths, values }: ResolvedSettings, cachePath: string): boolean {
  if (values.database_url !== undefined) return false;
  const written = getCacheTime(cachePath);
  const changed = [paths.database, `${paths.database}-wal`].map(
    (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Math.max(...changed) > written && Date.now() - written > REST_MS;
}

/** Reads the store in a process of its own, so that this answer need not wait. */
function refreshLater(env: Readonly<Record<string, string | undefined>>, cwd: string): void {
  const program = process.argv[1];
  if (program === undefined || !/^(?:coaia|ao)(?:\.[jt]s)?$/.test(basename(program))) return;
  const child = spawn(process.execPath, [program, '__complete', '--refresh'], {
    cwd,
    env: { ...env },
    detached: true,
    stdio: 'ignore',
  });
  child.on('error', () => {});
  child.unref();
}

export const command = defineCommand({
  words: '__complete',
  summary: 'Print names for shell completion',
  positionals: [{ name: 'kind', summary: 'Kind of names' }],
  options: {
    refresh: { type: 'boolean', summary: 'Read the store of this home and keep the names' },
  },
  takesRest: true,
  examples: ['coaia __complete prompts -- prompts get'],
  run: async (context, { args, options, rest }) => {
    const { env, envFiles, cwd, flags, out } = context;
    const profile = flags.profile === undefined ? {} : { profile: flags.profile };
    const settings = resolveSettings({ env, envFiles, cwd, ...profile });
    const target = resolveTarget(settings);
    const { cache, home } = settings.paths;
    const path = toCachePath(cache);
    const place = toPlace(target);
    if (options.refresh === true) {
      if (target.kind !== 'local') return;
      const { readStore } = await import('../../completion/read-store.ts');
      const found = await readStore(context);
      updateNames(path, place, (names) => ({ ...names, ...found }));
      return;
    }
    const kind = NAME_KINDS.find((one) => one === args.kind);
    if (kind === undefined) return;
    const names = findNames(kind, rest, { cwd, env, home, known: readNames(path, place) });
    if (names.length > 0) out.line(names.join('\n'));
    if (target.kind === 'local' && isStale(settings, path)) refreshLater(env, cwd);
  },
});
