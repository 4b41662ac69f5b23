/** What we depend on is listed, exact, and runs nothing at install. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../packages/coaia/src/base/version.ts';
import { root } from '../architecture/scan.ts';
import { listDependencies, readManifest } from './repository.ts';

const folders = ['.', 'packages/coaia', 'packages/client', 'packages/web'];
const direct = folders
  .flatMap((folder) => listDependencies(readManifest(folder)))
  .filter(([name]) => !name.startsWith('@coaia/'))
  .map(([name, at]) => [name, readFolder(at) ?? at] as const);

/** The version of a folder of ours that stands in for a package. */
function readFolder(at: string): string | undefined {
  return at.startsWith('file:') ? readManifest(at.slice('file:'.length)).version : undefined;
}

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};
const installed = Object.entries(lock.packages).filter(
  ([path, { link }]) => path.startsWith('node_modules/') && link !== true,
);

test('docs/dependencies.md lists every direct dependency with its version', () => {
  const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (@?[a-z][^|]*?) \| ([0-9][^|]*?) \|/gm)].map(
    ([, name, at]) => `${name}@${at}`,
  );
  expect(rows.toSorted()).toEqual(direct.map(([name, at]) => `${name}@${at}`).toSorted());
});

test('versions are exact', () => {
  expect(direct.filter(([, at]) => !/^\d+\.\d+\.\d+$/.test(at))).toEqual([]);
});

test('the client has no dependencies', () => {
  expect(listDependencies(readManifest('packages/client'))).toEqual([]);
});

test('nothing in the tree runs at install, and everything is sealed', () => {
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.map(([path]) => path)).toEqual([]);
  expect(
    installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path),
  ).toEqual([]);
  expect(
    installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
  ).toEqual([]);
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
});

test('all packages move together', () => {
  const versions = ['packages/coaia', 'packages/client', 'packages/web'].map(
    (folder) => readManifest(folder).version,
  );
  expect([...versions, version]).toEqual(Array.from({ length: 4 }, () => version));
});
