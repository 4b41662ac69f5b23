/** The folder of the project: the one with `ao.toml`, here or above. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { projectFailures } from './errors.ts';

export const PROJECT_FILE = 'ao.toml';
export const LOCAL_FILE = 'ao.local.toml';

/**
 * Absolute folder of the nearest `ao.toml`, upwards; without one the only project right below, so that
 * `ao init --from FILE` and `ao run up` work one after the other. Undefined when there is neither.
 */
export function findProjectFolder(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT_FILE))) return folder;
    if (dirname(folder) === folder) return findBelow(resolve(cwd));
  }
}

/** Projects that a sentence names. */
const SHOWN = 5;

/** Folders right below that are projects. */
function listBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, PROJECT_FILE)))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

function findBelow(folder: string): string | undefined {
  const below = listBelow(folder);
  return below.length === 1 ? below[0] : undefined;
}

/** The same, or AO110. */
export function requireProjectFolder(cwd: string): string {
  const folder = findProjectFolder(cwd);
  if (folder !== undefined) return folder;
  const names = listBelow(resolve(cwd)).map((path) => basename(path));
  const [first] = names;
  const shown = names.slice(0, SHOWN).join(', ');
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  if (first !== undefined)
    throw projectFailures.create(
      'AO110',
      `There are several projects below this folder: ${shown}${more}. Go to one of them.`,
      { hint: `cd ${first}` },
    );
  throw projectFailures.create(
    'AO110',
    'No project here or above. Run `ao init NAME`, or `cd` to the folder that has ao.toml.',
    { hint: 'ao init NAME' },
  );
}
