import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createDatasetItem,
  deleteDatasetItem,
  getDatasetItem,
  listDatasetItems,
} from '../dataset-items/dataset-items.ts';
import { createDatasetRunItem } from '../dataset-runs/dataset-runs.ts';
import { getDatasetRun, listDatasetRuns } from '../dataset-runs/list-runs.ts';
import { createDataset, deleteDataset, getDataset, listDatasets } from './datasets.ts';
import { getLegacyDataset, listLegacyDatasets } from './legacy.ts';

const scope = { projectId: 'p1', level: 'project', via: 'key' } as const;
const stranger = { ...scope, projectId: 'p2' };
const PAGE = { page: 1, limit: 50 };

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let db: Database;
  let now = 1_760_000_000_000;
  const ports = () => ({ db, clock: () => now });
  beforeEach(async () => {
    db = await open();
    now = 1_760_000_000_000;
  });
  afterEach(() => db.close());

  const create = (id: string, input: unknown, more: object = {}) =>
    createDatasetItem(ports(), scope, { datasetName: 'qa/de', id, input, ...more });
  const listIds = async (query: object = {}) =>
    (await listDatasetItems(ports(), scope, { ...PAGE, datasetName: 'qa/de', ...query })).data.map(
      ({ id }) => id,
    );

  test('the same name changes the dataset; absent stays, null clears', async () => {
    const first = await createDataset(ports(), scope, {
      name: 'qa/de',
      description: 'd',
      metadata: { a: [1] },
    });
    now += 5;
    const second = await createDataset(ports(), scope, { name: 'qa/de', description: null });
    expect(second).toEqual({
      ...first,
      description: null,
      updatedAt: new Date(now).toISOString(),
    });
    expect(await getDataset(ports(), scope, 'qa/de')).toEqual(second);
    await expect(getDataset(ports(), stranger, 'qa/de')).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
  });

  test('lists are newest first, by page, and of one project', async () => {
    for (const name of ['a', 'b', 'c']) {
      await createDataset(ports(), scope, { name });
      now += 1;
    }
    await createDataset(ports(), stranger, { name: 'a' });
    const { data, meta } = await listDatasets(ports(), scope, { page: 2, limit: 2 });
    expect(data.map(({ name }) => name)).toEqual(['a']);
    expect(meta).toEqual({ page: 2, limit: 2, totalItems: 3, totalPages: 2 });
  });

  test('an item keeps absent fields, and every version can be seen', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    const first = await create('i1', 'one', { expectedOutput: { y: 0 }, metadata: { m: 1 } });
    now += 1000;
    const second = await create('i1', 'two', { expectedOutput: null });
    expect(second).toMatchObject({
      input: 'two',
      expectedOutput: null,
      metadata: { m: 1 },
      createdAt: first.createdAt,
      updatedAt: new Date(now).toISOString(),
    });
    now += 1000;
    await create('i2', 'new');
    const at = async (version: number) =>
      (await listDatasetItems(ports(), scope, { ...PAGE, datasetName: 'qa/de', version })).data.map(
        ({ input }) => input,
      );
    expect(await at(now - 2001)).toEqual([]);
    expect(await at(now - 1001)).toEqual(['one']);
    expect(await at(now - 1000)).toEqual(['two']);
    expect(await at(now)).toEqual(['new', 'two']);
    now += 1000;
    await deleteDatasetItem(ports(), scope, 'i1');
    expect(await listIds()).toEqual(['i2']);
    expect(await at(now - 1)).toEqual(['new', 'two']);
    expect(await at(now)).toEqual(['new']);
  });

  test('the same content again makes no version', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    const first = await create('i1', { q: 1 });
    now += 1000;
    expect(await create('i1', { q: 1 })).toEqual(first);
  });

  test('two versions in one millisecond are two versions', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await Promise.all([create('i1', 'a'), create('i1', 'b'), create('i1', 'c')]);
    const rows = await db.read('SELECT valid_from FROM dataset_items ORDER BY valid_from');
    expect(rows.map(({ valid_from: from }) => from)).toEqual([now, now + 1, now + 2]);
    expect(await listIds()).toEqual(['i1']);
  });

  test('archived items are in no list but can be read', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await create('i1', 'a', { status: 'ARCHIVED' });
    expect(await listIds()).toEqual([]);
    expect(await listIds({ includeArchived: true })).toEqual(['i1']);
    expect(await getDatasetItem(ports(), scope, 'i1')).toMatchObject({ status: 'ARCHIVED' });
    await expect(getDatasetItem(ports(), stranger, 'i1')).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
  });

  test('an id belongs to one dataset', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await createDataset(ports(), scope, { name: 'other' });
    await create('i1', 'a');
    await expect(
      createDatasetItem(ports(), scope, { datasetName: 'other', id: 'i1', input: 'b' }),
    ).rejects.toMatchObject({ code: 'COAIA-2103' });
  });

  test('lists can be narrowed by source, and a version needs its dataset', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await create('i1', 'a', { sourceTraceId: 't1', sourceObservationId: 'o1' });
    await create('i2', 'b', { sourceTraceId: 't2' });
    expect(await listIds({ datasetName: undefined, sourceTraceId: 't1' })).toEqual(['i1']);
    expect(await listIds({ sourceObservationId: 'o1' })).toEqual(['i1']);
    await expect(listIds({ datasetName: undefined, version: now })).rejects.toMatchObject({
      code: 'COAIA-0002',
    });
    await expect(listIds({ datasetName: 'none' })).rejects.toMatchObject({ code: 'COAIA-0003' });
  });

  test('deleting a dataset removes items, runs and the scores of runs', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await create('i1', 'a');
    const link = { runName: 'r', datasetItemId: 'i1', traceId: 't1' };
    await createDatasetRunItem(ports(), scope, link);
    await deleteDataset(ports(), scope, 'qa/de');
    await expect(getDataset(ports(), scope, 'qa/de')).rejects.toMatchObject({ code: 'COAIA-0003' });
    for (const table of ['dataset_items', 'dataset_runs', 'dataset_run_items'])
      expect(await db.read(`SELECT * FROM ${table}`)).toEqual([]);
    await createDataset(ports(), scope, { name: 'qa/de' });
    expect(await listIds({ includeArchived: true })).toEqual([]);
  });

  test('a run is born with its first link; the same link again changes nothing', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await create('i1', 'a');
    const link = { runName: 'r', datasetItemId: 'i1', traceId: 't1', metadata: { a: 1 } };
    const first = await createDatasetRunItem(ports(), scope, { ...link, runDescription: 'd' });
    now += 1;
    expect(await createDatasetRunItem(ports(), scope, { ...link, metadata: { b: 2 } })).toEqual(
      first,
    );
    const other = await createDatasetRunItem(ports(), scope, { ...link, traceId: 't2' });
    const run = await getDatasetRun(ports(), scope, 'qa/de', 'r');
    expect(run).toMatchObject({ name: 'r', description: 'd', metadata: { a: 1, b: 2 } });
    expect(run.datasetRunItems).toEqual([first, other]);
    expect((await listDatasetRuns(ports(), scope, 'qa/de', PAGE)).data).toHaveLength(1);
    await deleteDatasetItem(ports(), scope, 'i1');
    expect((await getDatasetRun(ports(), scope, 'qa/de', 'r')).datasetRunItems).toEqual([]);
  });

  test('a link needs an item that is there, or was at the version', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await create('i1', 'a');
    await deleteDatasetItem(ports(), scope, 'i1');
    const link = { runName: 'r', datasetItemId: 'i1', traceId: 't1' };
    await expect(createDatasetRunItem(ports(), scope, link)).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
    expect(
      await createDatasetRunItem(ports(), scope, { ...link, datasetVersion: now }),
    ).toMatchObject({ datasetItemId: 'i1' });
  });

  test('the first form holds items and names of runs', async () => {
    await createDataset(ports(), scope, { name: 'qa/de' });
    await create('i1', 'a');
    await createDatasetRunItem(ports(), scope, { runName: 'r', datasetItemId: 'i1', traceId: 't' });
    expect(await getLegacyDataset(ports(), scope, 'qa/de')).toMatchObject({
      items: [{ id: 'i1', input: 'a' }],
      runs: ['r'],
    });
    const { data } = await listLegacyDatasets(ports(), scope, PAGE);
    expect(data).toMatchObject([{ name: 'qa/de', items: ['i1'], runs: ['r'] }]);
  });
});
