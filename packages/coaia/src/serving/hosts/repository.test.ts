import { afterEach, describe, expect, test } from 'vitest';
import { hasPython } from '../testing/fixtures.ts';
import type { Batch } from '../tensors/tensor.ts';
import { hostFailures } from './errors.ts';
import { openRepository } from './repository.ts';
import type { Repository, RepositoryOptions } from './repository.ts';
import { makeFakeRuntimes } from './testing/fake-runtime.ts';
import { makeManifest } from './testing/make-manifest.ts';
import { openSumRepository } from './testing/sum-repository.ts';

const ONE: Batch = {
  rows: 1,
  columns: [{ name: 'a', datatype: 'FP64', shape: [1], data: new Float64Array([1]) }],
};
const ASK = { requestId: 'r1' };

let repository: Repository | undefined;

afterEach(async () => {
  await repository?.close();
  repository = undefined;
});

/** Models `m0`, `m1` and so on, one version each. */
function open(fakes = makeFakeRuntimes(), options: Partial<RepositoryOptions> = {}, count = 3) {
  const names = Array.from({ length: count }, (_, index) => `m${index}`);
  repository = openRepository({
    find: async (model, version) => {
      if (!names.includes(model)) throw hostFailures.create('AO404', `There is no model ${model}.`);
      return { manifest: makeManifest({ model, version: Number(version ?? 1) }), folder: '/' };
    },
    list: async () => names.map((model) => ({ model, version: '1' })),
    onLine: () => {},
    isSandboxed: false,
    openRuntime: fakes.open,
    ...options,
  });
  return { fakes, repository };
}

test('a version loads at its first request, once for many callers', async () => {
  const { fakes, repository: all } = open();
  expect((await all.list()).map(({ health }) => health.state)).toEqual([
    'unloaded',
    'unloaded',
    'unloaded',
  ]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => all.predict({ model: 'm0', version: '1' }, ONE, ASK)),
  );
  expect(answers.map(({ outputs }) => outputs[0]?.data[0])).toEqual(answers.map(() => 1));
  await all.predict({ model: 'm0' }, ONE, ASK);
  expect(fakes.opened).toEqual(['m0/1']);
  expect((await all.list()).map(({ health }) => health.state)).toEqual([
    'ready',
    'unloaded',
    'unloaded',
  ]);
  await all.predict({ model: 'm0', version: '2' }, ONE, ASK);
  expect(fakes.opened).toEqual(['m0/1', 'm0/2']);
  await expect(all.predict({ model: 'none' }, ONE, ASK)).rejects.toMatchObject({ code: 'AO404' });
});

test('fifty models in memory for ten: the least recently used go', async () => {
  const { fakes, repository: all } = open(undefined, { memoryBytes: 10_000_000 }, 50);
  let most = 0;
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 50; index++) {
      await all.predict({ model: `m${index}`, version: '1' }, ONE, ASK);
      await all.predict({ model: 'm0', version: '1' }, ONE, ASK);
      most = Math.max(most, fakes.loaded.size);
    }
  }
  expect(most).toBe(10);
  expect(fakes.loaded).toContain('m0/1');
  expect(fakes.loaded).toContain('m49/1');
  expect(fakes.opened.filter((key) => key === 'm0/1')).toHaveLength(1);
  expect(fakes.closed).toEqual([]);
});

test('what is answering is not unloaded for memory, and goes once it is done', async () => {
  const { fakes, repository: all } = open(undefined, { memoryBytes: 1_500_000 });
  let go = () => {};
  fakes.pause = new Promise((resolve) => (go = resolve));
  const first = all.predict({ model: 'm0', version: '1' }, ONE, ASK);
  await expect.poll(() => fakes.loaded.size).toBe(1);
  const second = all.predict({ model: 'm1', version: '1' }, ONE, ASK);
  await expect.poll(() => fakes.loaded.size).toBe(2);
  go();
  await Promise.all([first, second]);
  await expect.poll(() => [...fakes.loaded].length).toBe(1);
});

test('unload lets running requests end; the next request loads again', async () => {
  const { fakes, repository: all } = open();
  let go = () => {};
  await all.load({ model: 'm0' });
  fakes.pause = new Promise((resolve) => (go = resolve));
  const running = all.predict({ model: 'm0', version: '1' }, ONE, ASK);
  await Promise.resolve();
  const unloaded = all.unload({ model: 'm0', version: '1' });
  await new Promise((resolve) => setImmediate(resolve));
  const next = all.predict({ model: 'm0', version: '1' }, ONE, ASK);
  await expect.poll(() => fakes.opened.length).toBe(2);
  expect(fakes.drained).toEqual([]);
  go();
  await Promise.all([running, unloaded, next]);
  expect(fakes.drained).toEqual(['m0/1']);
  await all.drain('m0', '1');
  expect((await all.list())[0]?.health.state).toBe('unloaded');
});

test('a load that fails says why, is not repeated at every request, and can be tried again', async () => {
  const { fakes, repository: all } = open();
  fakes.failure = new Error('no module named sklearn');
  const target = { model: 'm0', version: '1' };
  await expect(all.predict(target, ONE, ASK)).rejects.toThrow('sklearn');
  await expect(all.predict(target, ONE, ASK)).rejects.toMatchObject({
    code: 'AO475',
    message: 'm0 version 1 could not be loaded: no module named sklearn',
    headers: { 'Retry-After': '2' },
  });
  expect(fakes.opened).toHaveLength(1);
  expect((await all.list())[0]?.health).toMatchObject({
    state: 'failed',
    reason: 'no module named sklearn',
  });
  fakes.failure = undefined;
  await all.load(target);
  expect((await all.predict(target, ONE, ASK)).outputs[0]?.data[0]).toBe(1);
});

test('a version that cannot even be opened is tried again too', async () => {
  let isBroken = true;
  const fakes = makeFakeRuntimes();
  const { repository: all } = open(fakes, {
    openRuntime: (manifest) => {
      if (isBroken) throw new Error('disk is gone');
      return fakes.open(manifest);
    },
  });
  await expect(all.info({ model: 'm0' })).rejects.toThrow('disk is gone');
  isBroken = false;
  await all.load({ model: 'm0' });
  expect((await all.info({ model: 'm0' })).model).toBe('m0');
});

test('closing ends every runtime and takes nothing new', async () => {
  const { fakes, repository: all } = open();
  await all.load({ model: 'm0' });
  expect(await all.isLive()).toBe(true);
  await all.close();
  expect(fakes.closed).toEqual(['m0/1']);
  expect(await all.isLive()).toBe(false);
  await expect(all.predict({ model: 'm0' }, ONE, ASK)).rejects.toMatchObject({ code: 'AO475' });
});

const python = hasPython();

describe.skipIf(python.skip)(`real workers${python.note}`, () => {
  test('memory is what their processes hold; the second version pushes the first one out', async () => {
    const one = openSumRepository(() => {});
    await one.load({ model: 'sum', version: '1' });
    const bytes = (await one.list())[0]?.health.bytes ?? 0;
    await one.close();
    expect(bytes).toBeGreaterThan(5_000_000);
    const both = openSumRepository(() => {}, { memoryBytes: bytes * 1.5 });
    repository = both;
    await both.load({ model: 'sum', version: '1' });
    await both.load({ model: 'sum', version: '2' });
    const states = (await both.list()).map(({ health }) => health.state);
    expect(states).toEqual(['unloaded', 'ready', 'unloaded']);
  });
});
