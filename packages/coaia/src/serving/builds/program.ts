/** The program that runs inside an image: the same as outside. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveEntry } from './archive.ts';
import { listEntries } from './archive.ts';
import { buildFailures } from './errors.ts';
import { PROGRAM_FOLDER } from './image-facts.ts';

/** Parts of the program that no service uses: the workbench's page, the linter. */
const LEFT_OUT = /^(?:web\/|ruff\.wasm\.br$)/;

/**
 * The folder of the built program. From a checkout it is the last build, AO504 when there is none.
 */
export function findProgram(here = import.meta.dirname): string {
  const folders = [here, join(here, '../../../dist')];
  const found = folders.find((folder) => existsSync(join(folder, 'ao.js')));
  if (found !== undefined) return found;
  throw buildFailures.create(
    'AO504',
    'This checkout of Coaia has no built program, and images contain the built one.',
    { hint: 'npm run build' },
  );
}

/** Files of the program. */
export function listProgram(folder: string): Promise<readonly ArchiveEntry[]> {
  return listEntries(folder, PROGRAM_FOLDER.slice(1), (name) => !LEFT_OUT.test(name));
}
