import { createLocalObservability } from '#observability';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatasetItem } from '../dataset-items/dataset-items.ts';
import { createDatasetRunItem, deleteDatasetRun } from '../dataset-runs/dataset-runs.ts';
import { getDatasetRun, listDatasetRunItems, listDatasetRuns } from '../dataset-runs/list-runs.ts';
import { createDataset } from '../datasets/datasets.ts';
import { deleteExperiment } from './delete-experiment.ts';
import { listExperimentItems, type ExperimentItemListQuery } from './experiment-items.ts';
import { listExperiments, type ExperimentListQuery } from './experiments.ts';

const scope = { projectId: 'p1', level: 'project', via: 'key' } as const;
const START = Date.UTC(2026, 4, 1);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let db: Database;
  const ports = () => ({ db, clock: () => START });
  beforeEach(async () => {
    db = await open();
  });
  afterEach(() => db.close());

  const list = (query: Partial<ExperimentListQuery> = {}) =>
    listExperiments(ports(), scope, { fromStartTime: 0, limit: 50, scoreLimit: 50, ...query });
  const listItems = (query: Partial<ExperimentItemListQuery> = {}) =>
    listExperimentItems(ports(), scope, { fromStartTime: 0, limit: 50, scoreLimit: 50, ...query });

  /** Events as the OTLP reader makes them of spans with experiment attributes. */
  async function ingest(events: readonly (readonly [type: string, body: object])[]) {
    const { errors } = await createLocalObservability(ports(), scope).ingest(
      events.map(([type, body], index) => ({
        id: `${type}-${index}-${JSON.stringify(body).length}`,
        type,
        timestamp: at(0),
        body,
      })),
    );
    expect(errors).toEqual([]);
  }

  const span = (id: string, second: number, experiment: object, more: object = {}) =>
    [
      'span-create',
      {
        id,
        traceId: `trace-${id}`,
        startTime: at(second),
        endTime: at(second + 1),
        input: `in ${id}`,
        output: { of: id },
        metadata: { kept: true, experiment },
        ...more,
      },
    ] as const;

  const toAttributes = (item: string, root: string) => ({
    id: 'exp-1',
    name: 'spans only',
    description: 'from spans',
    metadata: { model: 'm' },
    item: { id: item, root_observation_id: root, expected_output: 'E', metadata: { k: 1 } },
  });

  test('spans alone make an experiment; children of a root are no items', async () => {
    await ingest([
      span('a', 1, toAttributes('i1', 'a')),
      span('b', 5, toAttributes('i2', 'b')),
      span('child', 6, toAttributes('i2', 'b'), { traceId: 'trace-b', parentObservationId: 'b' }),
      span('other', 9, { note: 'a user key of the same name' }),
    ]);
    const { data } = await list({ fields: 'core,metadata' });
    expect(data).toEqual([
      {
        id: 'exp-1',
        name: 'spans only',
        description: 'from spans',
        startTime: at(1),
        endTime: at(6),
        itemCount: 2,
        datasetId: null,
        metadata: { model: 'm' },
      },
    ]);
    const items = await listItems({
      fields: 'core,io,metadata,itemMetadata,experimentMetadata,dataset',
    });
    expect(items.data.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(items.data[1]).toEqual({
      id: 'a',
      traceId: 'trace-a',
      startTime: at(1),
      endTime: at(2),
      level: 'DEFAULT',
      environment: 'default',
      experimentId: 'exp-1',
      experimentName: 'spans only',
      experimentItemId: 'i1',
      experimentDatasetId: null,
      experimentItemVersion: null,
      input: 'in a',
      output: { of: 'a' },
      expectedOutput: 'E',
      metadata: { kept: true },
      experimentItemMetadata: { k: 1 },
      experimentMetadata: { model: 'm' },
      experimentDescription: 'from spans',
    });
  });

  async function openRun() {
    const dataset = await createDataset(ports(), scope, { name: 'd' });
    await createDatasetItem(ports(), scope, {
      datasetName: 'd',
      id: 'i1',
      input: 'q',
      expectedOutput: { answer: 42 },
    });
    await ingest([
      ['trace-create', { id: 't1', timestamp: at(20), input: 'trace in', output: 'trace out' }],
      ['score-create', { id: 's1', traceId: 't1', name: 'good', value: 1 }],
    ]);
    const link = { runName: 'run', datasetItemId: 'i1', traceId: 't1', metadata: { a: 1 } };
    const { datasetRunId } = await createDatasetRunItem(ports(), scope, link);
    return { dataset, datasetRunId };
  }

  test('links alone make an experiment, with the scores of its traces', async () => {
    const { dataset, datasetRunId } = await openRun();
    expect((await list({ fields: 'metadata' })).data).toMatchObject([
      { id: datasetRunId, name: 'run', itemCount: 1, datasetId: dataset.id, metadata: { a: 1 } },
    ]);
    expect((await listItems({ fields: 'io,scores' })).data).toMatchObject([
      {
        id: 't1',
        startTime: at(20),
        experimentItemId: 'i1',
        input: 'trace in',
        output: 'trace out',
        expectedOutput: { answer: 42 },
        scores: [{ id: 's1', name: 'good', value: 1 }],
      },
    ]);
  });

  test('both signals of one item count once', async () => {
    const { dataset, datasetRunId } = await openRun();
    const experiment = {
      id: datasetRunId,
      name: 'run',
      dataset: { id: dataset.id },
      item: { id: 'i1', root_observation_id: 'root' },
    };
    await ingest([
      span('root', 21, experiment, { traceId: 't1' }),
      span('late', 30, { ...experiment, item: { id: 'i2', root_observation_id: 'late' } }),
    ]);
    expect((await list()).data).toMatchObject([{ id: datasetRunId, itemCount: 2 }]);
    expect((await listItems()).data.map(({ experimentItemId }) => experimentItemId)).toEqual([
      'i2',
      'i1',
    ]);
  });

  test('pages follow each other, within times and conditions', async () => {
    await ingest(
      Array.from({ length: 5 }, (_, index) =>
        span(`s${index}`, index * 10, {
          id: `exp-${index}`,
          name: `name ${index}`,
          item: { id: 'i', root_observation_id: `s${index}` },
        }),
      ),
    );
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, cursor });
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.meta.cursor;
    } while (cursor !== undefined);
    expect(ids).toEqual(['exp-4', 'exp-3', 'exp-2', 'exp-1', 'exp-0']);
    const seen: string[] = [];
    do {
      const page = await listItems({ limit: 3, cursor });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['s4', 's3', 's2', 's1', 's0']);
    const toIds = async (query: object) => (await list(query)).data.map(({ id }) => id);
    expect(await toIds({ fromStartTime: START + 20_000, toStartTime: START + 40_000 })).toEqual([
      'exp-3',
      'exp-2',
    ]);
    expect(await toIds({ id: 'exp-1, exp-3,none' })).toEqual(['exp-3', 'exp-1']);
    const filter = (condition: object) => toIds({ filter: JSON.stringify([condition]) });
    const column = 'name';
    expect(await filter({ type: 'string', column, operator: 'contains', value: 'E 2' })).toEqual([
      'exp-2',
    ]);
    expect(
      await filter({ type: 'stringOptions', column, operator: 'any of', value: ['name 0'] }),
    ).toEqual(['exp-0']);
    expect(
      await filter({ type: 'string', column, operator: 'starts with', value: 'name 3' }),
    ).toEqual(['exp-3']);
    expect(
      await filter({ type: 'stringOptions', column, operator: 'none of', value: ['name 0'] }),
    ).toHaveLength(4);
    await expect(filter({ type: 'number', column, operator: '>', value: 1 })).rejects.toMatchObject(
      {
        code: 'COAIA-0002',
      },
    );
    await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'COAIA-2104' });
  });

  test('spans alone make a run of their dataset; spans add to a run that is there', async () => {
    const { dataset, datasetRunId } = await openRun();
    const toRun = (id: string, name: string, root: string) => ({
      id,
      name,
      dataset: { id: dataset.id },
      item: { id: `item-${root}`, root_observation_id: root },
    });
    await ingest([
      span('x', 40, toRun('exp-9', 'by spans', 'x')),
      span('y', 50, toRun('exp-9', 'by spans', 'y')),
      span('z', 60, toRun(datasetRunId, 'run', 'z')),
    ]);
    const runs = await listDatasetRuns(ports(), scope, 'd', { page: 1, limit: 1 });
    expect(runs.data).toMatchObject([{ id: 'exp-9', name: 'by spans', createdAt: at(40) }]);
    expect(runs.meta).toMatchObject({ totalItems: 2, totalPages: 2 });
    const next = await listDatasetRuns(ports(), scope, 'd', { page: 2, limit: 1 });
    expect(next.data.map(({ id }) => id)).toEqual([datasetRunId]);
    const traces = async (name: string) =>
      (await getDatasetRun(ports(), scope, 'd', name)).datasetRunItems.map((one) => one.traceId);
    expect(await traces('by spans')).toEqual(['trace-x', 'trace-y']);
    expect(await traces('run')).toEqual(['t1', 'trace-z']);
    const query = { datasetId: dataset.id, runName: 'by spans', page: 2, limit: 1 };
    expect((await listDatasetRunItems(ports(), scope, query)).data).toMatchObject([
      { datasetItemId: 'item-y', datasetRunId: 'exp-9', observationId: 'y' },
    ]);
    await deleteDatasetRun(ports(), scope, 'd', 'by spans');
    await expect(traces('by spans')).rejects.toMatchObject({ code: 'COAIA-0003' });
    expect(await traces('run')).toEqual(['t1', 'trace-z']);
  });

  test('a deleted experiment is gone from both signals; traces stay', async () => {
    const { datasetRunId } = await openRun();
    await ingest([
      ['score-create', { id: 's2', datasetRunId, name: 'run score', value: 1 }],
      span('root', 21, { id: datasetRunId, item: { id: 'i2', root_observation_id: 'root' } }),
      span('a', 1, toAttributes('i1', 'a')),
    ]);
    expect((await list({ id: datasetRunId, fields: 'scores' })).data).toMatchObject([
      { itemCount: 2, scores: [{ id: 's2' }] },
    ]);
    await deleteExperiment(ports(), scope, datasetRunId);
    expect((await list()).data.map(({ id }) => id)).toEqual(['exp-1']);
    const api = createLocalObservability(ports(), scope);
    expect(await api.getObservation('root')).toMatchObject({ metadata: { kept: true } });
    expect((await api.getTrace('t1')).scores).toHaveLength(1);
    expect(await db.read('SELECT id FROM scores')).toEqual([{ id: 's1' }]);
    await deleteExperiment(ports(), scope, 'exp-1');
    expect((await listItems()).data).toEqual([]);
    await expect(deleteExperiment(ports(), scope, 'exp-1')).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
  });

  test('another project sees nothing', async () => {
    await openRun();
    await ingest([span('a', 1, toAttributes('i1', 'a'))]);
    const stranger = { ...scope, projectId: 'p2' };
    const query = { fromStartTime: 0, limit: 50, scoreLimit: 50 };
    expect((await listExperiments(ports(), stranger, query)).data).toEqual([]);
    expect((await listExperimentItems(ports(), stranger, query)).data).toEqual([]);
  });
});
