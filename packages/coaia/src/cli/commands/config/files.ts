/** The JSON files of settings that count here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findHome, homePaths, toUserHome } from '#config';
import type { CommandContext } from '#surface';

export interface SettingsFile {
  readonly path: string;
  /** config.json in the home, where unknown keys are errors. */
  readonly isOwn: boolean;
}

/** Those that exist, the strongest first. */
export function findSettingsFiles({
  env,
  cwd,
}: Pick<CommandContext<unknown>, 'env' | 'cwd'>): readonly SettingsFile[] {
  const user = toUserHome(env);
  const own = homePaths(findHome({ env, cwd })).config;
  const others = [
    join(cwd, 'coaia.json'),
    ...(user === undefined ? [] : [join(user, 'coaia.json'), join(user, '.coaia.json')]),
  ];
  return [...new Set([...others, own])]
    .filter((path) => existsSync(path))
    .map((path) => ({ path, isOwn: path === own }));
}
