/** Environment files of the project and of the home, with secrets hidden. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isSecret, readEnvFile } from '#config';
import type { ResourceEntry } from '../surface.ts';
import type { Folders } from './templates.ts';

const ENTRIES = [
  {
    uri: 'coaia://env/project',
    name: 'env-project',
    description: 'Variables in .coaia-env of this folder, secrets hidden',
  },
  {
    uri: 'coaia://env/global',
    name: 'env-global',
    description: 'Variables in global.env of the home, secrets hidden',
  },
] as const satisfies readonly ResourceEntry[];

function toPath(uri: string, { cwd, home }: Folders): string | undefined {
  if (uri === ENTRIES[0].uri) return join(cwd, '.coaia-env');
  return uri === ENTRIES[1].uri ? join(home, 'global.env') : undefined;
}

/** Those files that are there. */
export function listEnvironments(folders: Folders): readonly ResourceEntry[] {
  return ENTRIES.filter(({ uri }) => existsSync(toPath(uri, folders) ?? ''));
}

/** The variables of a file, or undefined when it is not there. Throws COAIA-0201 for a damaged one. */
export function readEnvironment(uri: string, folders: Folders): unknown {
  const path = toPath(uri, folders);
  const file = path === undefined ? undefined : readEnvFile(path);
  if (file === undefined) return undefined;
  const shown = Object.entries(file.values).map(
    ([name, value]) => [name, isSecret(name, value) ? '***' : value] as const,
  );
  return { path, format: file.format, variables: Object.fromEntries(shown) };
}
