import type { Scope } from '#base';
import { createLocalObservability } from '#observability';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createDatasetItem,
  deleteDatasetItem,
  listDatasetItems,
} from '../../dataset-items/dataset-items.ts';
import { createDataset } from '../datasets.ts';
import { renderDatasetFile } from './export-file.ts';
import { addTraceItems } from './from-traces.ts';
import { importDatasetItems } from './import-items.ts';
import { listDatasetLines } from './lines.ts';
import {
  changesAnswer,
  diffAnswer,
  importAnswer,
  importBody,
  linesAnswer,
  tracesBody,
} from './schema.ts';
import { listDatasetChanges, readDatasetDiff } from './versions.ts';

const scope: Scope = { projectId: 'p1', level: 'project', via: 'key' };
const START = Date.UTC(2026, 4, 1);

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let db: Database;
  let now = START;
  const ports = () => ({ db, clock: () => now });
  beforeEach(async () => {
    db = await open();
    now = START;
    const schema = { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] };
    await createDataset(ports(), scope, { name: 'team/qa', inputSchema: schema });
  });
  afterEach(() => db.close());

  const items = async () =>
    (await listDatasetItems(ports(), scope, { page: 1, limit: 100, datasetName: 'team/qa' })).data;
  const bring = async (list: Parameters<typeof importDatasetItems>[2]['items'], more = {}) => {
    const input = { datasetName: 'team/qa', items: list, ...more };
    const report = await importDatasetItems(ports(), scope, input);
    expect(importAnswer.parse(report)).toEqual(report);
    return report;
  };

  test('one row that does not fit keeps all out, and is named with the others', async () => {
    const report = await bring([{ input: { q: 'a' } }, { input: { q: 1 } }, { input: 'text' }]);
    expect(report).toMatchObject({ total: 3, stored: 0, errorCount: 2 });
    expect(report.errors.map(({ row }) => row)).toEqual([2, 3]);
    expect(report.errors[0]?.message).toMatch(/^input\.q: /);
    expect(await items()).toEqual([]);
    expect(await bring([{ input: { q: 'a' } }], { dryRun: true })).toMatchObject({
      stored: 0,
      errorCount: 0,
    });
    expect(await items()).toEqual([]);
  });

  test('what fits is stored in the order of the file; the same again changes nothing', async () => {
    const list = Array.from({ length: 450 }, (_, index) => ({
      id: `i${index}`,
      input: { q: `${index}` },
    }));
    expect(await bring(list)).toMatchObject({ stored: 450, unchanged: 0 });
    now += 1000;
    const [first, ...rest] = list;
    const changed = [{ ...first, expectedOutput: 'new' }, ...rest];
    expect(await bring(changed)).toMatchObject({ stored: 1, unchanged: 449 });
    expect((await items())[0]?.id).toBe('i99');
    const twice = await bring([
      { id: 'x', input: { q: '' } },
      { id: 'x', input: { q: '' } },
    ]);
    expect(twice).toMatchObject({ stored: 0, errors: [{ row: 2 }] });
    // Members that are absent stay, also where the schema would not take nothing.
    expect(await bring([{ id: 'i5', metadata: { k: 1 } }])).toMatchObject({ stored: 1 });
  });

  test('ids of other datasets are refused, unknown datasets are made only when asked', async () => {
    await createDataset(ports(), scope, { name: 'other' });
    await createDatasetItem(ports(), scope, { datasetName: 'other', id: 'taken' });
    expect(await bring([{ id: 'taken', input: { q: 'a' } }])).toMatchObject({
      stored: 0,
      errorCount: 1,
    });
    const make = { datasetName: 'made', items: [{ input: 1 }] };
    await expect(importDatasetItems(ports(), scope, make)).rejects.toMatchObject({
      code: 'COAIA-0003',
    });
    expect(await importDatasetItems(ports(), scope, { ...make, create: true })).toMatchObject({
      stored: 1,
    });
  });

  test('traces become items once; a missing one stops all', async () => {
    await createDataset(ports(), scope, { name: 'team/qa', inputSchema: null });
    const events = ['t1', 't2'].map((id) => ({
      id: `e-${id}`,
      type: 'trace-create',
      timestamp: new Date(START).toISOString(),
      body: { id, input: { q: id }, output: `out ${id}` },
    }));
    await createLocalObservability(ports(), scope).ingest(events);
    const add = (traceIds: readonly string[], withOutput = true) =>
      addTraceItems(ports(), scope, {
        datasetName: 'team/qa',
        traceIds,
        withOutput,
        create: false,
      });
    await expect(add(['t1', 'none'])).rejects.toMatchObject({ code: 'COAIA-0003' });
    expect(await add(['t1'], false)).toMatchObject({ stored: 1, unchanged: 0 });
    expect(await add(['t1', 't2'])).toMatchObject({ total: 2, stored: 1, unchanged: 1 });
    expect(await items()).toMatchObject([
      { input: { q: 't2' }, expectedOutput: 'out t2', sourceTraceId: 't2' },
      { input: { q: 't1' }, expectedOutput: null, sourceTraceId: 't1' },
    ]);
  });

  test('versions: moments, and what two of them have differently', async () => {
    await bring([
      { id: 'a', input: { q: '1' } },
      { id: 'b', input: { q: '1' } },
    ]);
    now = START + 1000;
    await bring([
      { id: 'b', input: { q: '2' } },
      { id: 'c', input: { q: '1' } },
    ]);
    now = START + 2000;
    await deleteDatasetItem(ports(), scope, 'a');
    const moments = await listDatasetChanges(ports(), scope, 'team/qa');
    expect(changesAnswer.parse(moments)).toEqual(moments);
    expect(moments.data.map(({ added, changed, deleted }) => [added, changed, deleted])).toEqual([
      [0, 0, 1],
      [1, 1, 0],
      [2, 0, 0],
    ]);
    const found = await readDatasetDiff(ports(), scope, { name: 'team/qa', from: START });
    expect(diffAnswer.parse(found)).toEqual(found);
    expect(found).toMatchObject({ added: 1, changed: 1, deleted: 1, unchanged: 0 });
    expect(found.items.find(({ id }) => id === 'b')).toMatchObject({
      kind: 'changed',
      before: { input: { q: '1' } },
      after: { input: { q: '2' } },
    });
    const early = { name: 'team/qa', from: START, to: START + 1000 };
    expect(await readDatasetDiff(ports(), scope, early)).toMatchObject({
      deleted: 0,
      unchanged: 1,
    });
  });

  test('the list counts items and runs; files hold what the command line writes', async () => {
    await bring([
      { id: 'a', input: { q: '=1+1' }, expectedOutput: '=2' },
      { id: 'b', input: { q: 'x' }, status: 'ARCHIVED' },
    ]);
    const lines = await listDatasetLines(ports(), scope, { page: 1, limit: 10 });
    expect(linesAnswer.parse(lines)).toEqual(lines);
    expect(lines.data).toMatchObject([
      { name: 'team/qa', itemCount: 1, archivedCount: 1, runCount: 0, lastRun: null },
    ]);
    expect(lines.data[0]?.lastChange).toBe(new Date(START).toISOString());
    const read = async (format: 'jsonl' | 'csv' | 'openai') => {
      const answer = await renderDatasetFile(ports(), scope, { name: 'team/qa', format });
      return { text: await answer.text(), headers: Object.fromEntries(answer.headers) };
    };
    const { text, headers } = await read('csv');
    expect(headers['content-disposition']).toBe('attachment; filename="team-qa.csv"');
    expect(text).toContain(`a,"{""q"":""=1+1""}",'=2,,ACTIVE,,\r\n`);
    expect((await read('jsonl')).text.trim().split('\n')).toHaveLength(2);
    const training = await read('openai');
    expect(JSON.parse(training.text)).toMatchObject({ messages: [{}, {}, { content: '=2' }] });
    expect(training.headers).toMatchObject({ 'x-coaia-lines': '1', 'x-coaia-left-out': '0' });
  });
});

test('what neither database takes in text is refused before it gets there', () => {
  const nul = 'a\0b';
  expect(importBody.safeParse({ datasetName: nul, items: [] }).success).toBe(false);
  expect(importBody.safeParse({ datasetName: 'd', items: [{ id: nul }] }).success).toBe(false);
  expect(tracesBody.safeParse({ datasetName: 'd', traceIds: [nul] }).success).toBe(false);
  expect(tracesBody.safeParse({ datasetName: 'd', traceIds: ['t'] }).success).toBe(true);
});
