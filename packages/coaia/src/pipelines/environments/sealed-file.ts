/** Which file is to be encrypted or opened: an environment, or any file such as ./.env. */
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { toAbsolutePath } from '#config';
import type { Env } from '#config';
import { ENCRYPTED } from './environment.ts';
import type { Place } from './environment.ts';
import { findPlace, placeOptions } from './open-environments.ts';
import type { Environments, PlaceValues } from './open-environments.ts';

export const fileOptions = {
  ...placeOptions,
  file: {
    type: 'string',
    placeholder: 'PATH',
    summary: 'A file that is no environment, such as .env',
  },
} as const;

export interface FileValues extends PlaceValues {
  readonly file: string | undefined;
}

/** The place that the options name; a path may have `.age` behind it. */
export function findSealable(environments: Environments, env: Env, options: FileValues): Place {
  const { file } = options;
  if (file === undefined) return findPlace(environments, options);
  const path = toAbsolutePath(file, { cwd: environments.cwd, env });
  const plain = path.endsWith(ENCRYPTED) ? path.slice(0, -ENCRYPTED.length) : path;
  return { ...findPlace(environments, options), name: undefined, path: plain };
}

/** Overwrites a file before it is deleted. Copies that a disk or a backup keeps are out of reach. */
export function shredFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const zeros = Buffer.alloc(fstatSync(file).size);
    if (zeros.length > 0) writeSync(file, zeros, 0, zeros.length, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path);
}

/** True when version control keeps the file; false too where there is no git. */
export function isTracked(path: string): boolean {
  const words = ['-C', dirname(path), 'ls-files', '--error-unmatch', '--', path];
  return spawnSync('git', words, { stdio: 'ignore', timeout: 5000 }).status === 0;
}
