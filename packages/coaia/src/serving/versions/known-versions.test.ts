import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { versionFailures } from './errors.ts';
import { listKnownVersions } from './known-versions.ts';
import { openFolderCatalog } from './open-catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'coaia-known-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a new model has no versions, and a store that does not answer is no empty list', async () => {
  const none = {
    getDeployment: () => Promise.reject(versionFailures.create('AO660', 'no model cars')),
  };
  expect(await listKnownVersions(none, 'cars')).toEqual([]);
  const lost = { getDeployment: () => Promise.reject(new Error('no connection')) };
  await expect(listKnownVersions(lost, 'cars')).rejects.toThrow('no connection');
});

test('traffic that cannot be read stops the start; without a file the newest version answers', async () => {
  const catalog = await openFolderCatalog({ folder, models: [] });
  expect(catalog.list()).toEqual([]);
  mkdirSync(join(folder, '.ao', 'traffic.json'), { recursive: true });
  await expect(openFolderCatalog({ folder, models: [] })).rejects.toMatchObject({ code: 'EISDIR' });
});
