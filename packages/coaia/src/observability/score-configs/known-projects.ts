/**
 * Which project a key pair belongs to, remembered so that a cached config needs no request at all. Keys are kept
 * as the hash of address and public key.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isObject } from '#base';
import { readSmallFile, updateFile } from '#config';

export interface KnownProject {
  readonly id: string;
  readonly name: string | null;
}

/** Where the mapping lies below the folder of caches. */
export function toProjectsPath(cacheFolder: string): string {
  return join(cacheFolder, 'projects.json');
}

function toKey(baseUrl: string, publicKey: string): string {
  return createHash('sha256').update(`${baseUrl}\n${publicKey}`).digest('hex');
}

function readAll(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readSmallFile(path) ?? '{}');
    return isObject(value) && isObject(value.projects) ? value.projects : {};
  } catch {
    // A damaged mapping is made anew by the next answer.
    return {};
  }
}

/** The project behind a key, if it was ever asked for. */
export function readKnownProject(
  path: string,
  baseUrl: string,
  publicKey: string,
): KnownProject | undefined {
  const found = readAll(path)[toKey(baseUrl, publicKey)];
  if (!isObject(found) || typeof found.id !== 'string') return undefined;
  return { id: found.id, name: typeof found.name === 'string' ? found.name : null };
}

/** Remembers the project of a key. */
export function writeKnownProject(
  path: string,
  baseUrl: string,
  publicKey: string,
  project: KnownProject,
): void {
  updateFile(path, () => {
    const projects = { ...readAll(path), [toKey(baseUrl, publicKey)]: { ...project, baseUrl } };
    return `${JSON.stringify({ schema: 1, projects }, null, 2)}\n`;
  });
}
