/** Places to install from and to publish to, by name: Coaia servers, and folders with packs. */
import { join, resolve } from 'node:path';
import { findNearest } from '#base';
import { createFolder, homePaths, readJsonFile, updateFile } from '#config';
import { sharingFailures } from './errors.ts';

export interface Remote {
  readonly name: string;
  readonly kind: 'server' | 'folder';
  /** Base address, or full path. */
  readonly address: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function toPath(home: string): string {
  return join(homePaths(home).home, 'pipeline-remotes.json');
}

export function listRemotes(home: string): readonly Remote[] {
  return Object.entries(readJsonFile(toPath(home)) ?? {})
    .flatMap(([name, address]) => (typeof address === 'string' ? [toRemote(name, address)] : []))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function toRemote(name: string, address: string): Remote {
  return { name, address, kind: /^https?:\/\//.test(address) ? 'server' : 'folder' };
}

/** Throws COAIA-5323. */
export function findRemote(home: string, name: string): Remote {
  const all = listRemotes(home);
  const found = all.find((remote) => remote.name === name);
  if (found !== undefined) return found;
  const [nearest] = findNearest(
    name,
    all.map((remote) => remote.name),
  );
  throw sharingFailures.create('COAIA-5323', `No remote is called ${name}.`, {
    hint:
      nearest === undefined ? 'coaia pipeline remote add NAME ADDRESS' : `did you mean ${nearest}?`,
  });
}

/** Adds or replaces. A folder is kept by its full path. Throws COAIA-5320 for what is no address. */
export function addRemote(home: string, cwd: string, name: string, address: string): Remote {
  if (!NAME.test(name))
    throw sharingFailures.create('COAIA-5320', `${JSON.stringify(name)} is no name of a remote.`);
  const isAddress = /^https?:\/\//.test(address);
  const url = isAddress ? toServer(address) : undefined;
  const remote = toRemote(name, url ?? resolve(cwd, address));
  createFolder(home);
  write(home, (all) => ({ ...all, [name]: remote.address }));
  return remote;
}

function toServer(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '')
    throw sharingFailures.create(
      'COAIA-5320',
      `${address} cannot be used: give the address of a server without name and password.`,
    );
  return url.href.replace(/\/+$/, '');
}

/** Throws COAIA-5323. */
export function removeRemote(home: string, name: string): Remote {
  const remote = findRemote(home, name);
  write(home, (all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)));
  return remote;
}

type Addresses = Readonly<Record<string, unknown>>;

function write(home: string, change: (all: Addresses) => Addresses): void {
  const path = toPath(home);
  updateFile(path, () => `${JSON.stringify(change(readJsonFile(path) ?? {}), undefined, 2)}\n`);
}
