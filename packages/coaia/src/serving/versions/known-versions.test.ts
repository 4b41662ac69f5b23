import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commonErrors } from '#base';
import { versionFailures } from './errors.ts';
import { listKnownVersions } from './known-versions.ts';
import type { ModelSettings } from '../projects/project.ts';
import { toVersionsFolder } from './folder.ts';
import { openFolderCatalog, openStoreCatalog } from './open-catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'coaia-known-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a new model has no versions, and a store that does not answer is no empty list', async () => {
  const none = {
    getDeployment: () => Promise.reject(versionFailures.create('AO660', 'no model cars')),
  };
  expect(await listKnownVersions(none, 'cars')).toEqual([]);
  const remote = { getDeployment: () => Promise.reject(commonErrors.create('COAIA-0003', 'no')) };
  expect(await listKnownVersions(remote, 'cars')).toEqual([]);
  const lost = { getDeployment: () => Promise.reject(new Error('no connection')) };
  await expect(listKnownVersions(lost, 'cars')).rejects.toThrow('no connection');
});

test('traffic that cannot be read stops the start; without a file the newest version answers', async () => {
  const catalog = await openFolderCatalog({ folder, models: [] });
  expect(catalog.list()).toEqual([]);
  mkdirSync(join(folder, '.ao', 'traffic.json'), { recursive: true });
  await expect(openFolderCatalog({ folder, models: [] })).rejects.toMatchObject({ code: 'EISDIR' });
});

/** A catalog of two models with versions 1 to 3 whose traffic is `champions`. */
async function openTwo(prepare: (model: string, version: number) => Promise<void>) {
  const models = ['cars', 'iris'].map(
    (name) => ({ name, batch: { enabled: false } }) as unknown as ModelSettings,
  );
  for (const { name: model } of models)
    for (const version of [1, 2, 3]) {
      const place = join(toVersionsFolder(folder, model), String(version));
      mkdirSync(place, { recursive: true });
      const manifest = JSON.stringify({ format: 1, model, version, digest: model, files: {} });
      writeFileSync(join(place, 'manifest.json'), manifest);
    }
  const champions: Record<string, number> = { cars: 1, iris: 1 };
  const told: string[] = [];
  const listDeployments = async () => ({
    data: Object.entries(champions).map(([name, champion]) => ({
      name,
      traffic: { champion, revision: champion },
    })),
  });
  const catalog = await openStoreCatalog(
    { listDeployments } as unknown as Parameters<typeof openStoreCatalog>[0],
    { folder, models, pollMs: 1e6, prepare, onError: (error) => told.push(String(error)) },
  );
  const list = () => catalog.list().map(({ traffic }) => traffic.champion);
  return { catalog, champions, told, list };
}

test('a version that cannot be loaded holds up its own model only, and is told once', async () => {
  const { catalog, champions, told, list } = await openTwo(async (model, version) => {
    if (model === 'cars' && version === 2) throw new Error('it does not load');
  });
  Object.assign(champions, { cars: 2, iris: 2 });
  for (let turn = 0; turn < 3; turn += 1) await catalog.refresh();
  expect(list()).toEqual([1, 2]);
  expect(told).toEqual(['Error: it does not load']);
  champions['cars'] = 3;
  await catalog.refresh();
  expect(list()).toEqual([3, 2]);
  champions['cars'] = 7;
  for (let turn = 0; turn < 2; turn += 1) await catalog.refresh();
  expect(told.slice(1)).toEqual([
    'Error: version 7 of cars is not on this machine, so version 3 answers',
  ]);
  catalog.close();
});

test('what was taken back while it was being loaded never answers', async () => {
  const loading = Promise.withResolvers<void>();
  const { catalog, champions, list } = await openTwo(() => loading.promise);
  const seen: number[] = [];
  catalog.onChange(() => seen.push(list()[0] ?? 0));
  champions['cars'] = 2;
  const turns = [catalog.refresh()];
  await new Promise((resolve) => setTimeout(resolve, 50));
  champions['cars'] = 1;
  turns.push(catalog.refresh());
  loading.resolve();
  await Promise.all(turns);
  expect([list(), seen]).toEqual([[1, 1], []]);
  catalog.close();
});
