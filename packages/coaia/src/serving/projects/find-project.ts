/** The folder of the project: the one with `ao.toml`, here or above. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectFailures } from './errors.ts';

export const PROJECT_FILE = 'ao.toml';
export const LOCAL_FILE = 'ao.local.toml';

/** Absolute folder of the nearest `ao.toml`; undefined when there is none up to the root. */
export function findProjectFolder(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT_FILE))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The same, or AO110. */
export function requireProjectFolder(cwd: string): string {
  const folder = findProjectFolder(cwd);
  if (folder !== undefined) return folder;
  throw projectFailures.create(
    'AO110',
    'No project here or above. Run `ao init NAME`, or `cd` to the folder that has ao.toml.',
    { hint: 'ao init NAME' },
  );
}
