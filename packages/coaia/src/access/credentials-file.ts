/** `credentials.json` in the home: the first project's key pair, mode 0600, never half written. */
import { chmod, link, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createId, isCoaiaError, isObject } from '#base';
import { readSmallFile } from '#config';
import type { KeyPair } from './keys.ts';

export interface Credentials extends KeyPair {
  readonly projectId: string;
}

/** What lies at a path: nothing, a pair, or something that is no pair. */
export type CredentialsState =
  | { readonly kind: 'absent' }
  /** `reason`: one sentence that names the file. */
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'present'; readonly credentials: Credentials };

/** Reads the file; a file others could read is closed to them on the way. Never waits on a pipe. */
export async function readCredentials(path: string): Promise<CredentialsState> {
  let text: string | undefined;
  try {
    text = readSmallFile(path);
    if (text === undefined) return { kind: 'absent' };
    await closeToOthers(path);
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return { kind: 'damaged', reason: error.message };
  }
  const credentials = parseCredentials(text);
  return credentials === undefined
    ? { kind: 'damaged', reason: `${path}: holds no key pair.` }
    : { kind: 'present', credentials };
}

/**
 * Writes the pair unless a file is there already, and returns the pair that the file holds afterwards.
 * `link` fails when the name exists, so of many processes starting at once exactly one wins.
 */
export async function addCredentials(path: string, credentials: Credentials): Promise<Credentials> {
  const temporary = await writeTemporary(path, credentials);
  try {
    await link(temporary, path);
    return credentials;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const state = await readCredentials(path);
  if (state.kind === 'present') return state.credentials;
  if (state.kind === 'damaged') await moveAside(path);
  return addCredentials(path, credentials);
}

/** Replaces the file in one step; what is no pair is kept beside it. */
export async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  if ((await readCredentials(path)).kind === 'damaged') await moveAside(path);
  await rename(await writeTemporary(path, credentials), path);
}

/** Removes the file if it still holds this pair. */
export async function removeCredentials(path: string, credentials: Credentials): Promise<void> {
  const state = await readCredentials(path);
  if (state.kind !== 'present') return;
  if (state.credentials.secretKey === credentials.secretKey) await rm(path, { force: true });
}

/** A link, a folder or a pipe is moved like a file. Of several processes one moves it. */
async function moveAside(path: string): Promise<void> {
  try {
    await rename(path, `${path}.damaged-${createId()}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function writeTemporary(path: string, credentials: Credentials): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${createId()}.tmp`;
  const { projectId, publicKey, secretKey } = credentials;
  const text = `${JSON.stringify({ projectId, publicKey, secretKey }, null, 2)}\n`;
  await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
  return temporary;
}

async function closeToOthers(path: string): Promise<void> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o600);
}

function parseCredentials(text: string): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { projectId, publicKey, secretKey } = value;
  if (typeof projectId !== 'string' || typeof publicKey !== 'string') return undefined;
  return typeof secretKey === 'string' ? { projectId, publicKey, secretKey } : undefined;
}
