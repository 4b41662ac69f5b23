import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDataset, getDataset } from '../datasets/datasets.ts';
import { createDatasetItem } from './dataset-items.ts';
import { findValueProblems, parseValueSchema } from './value-schema.ts';

const scope = { projectId: 'p1', level: 'project', via: 'key' } as const;
const question = {
  type: 'object',
  properties: { q: { type: 'string', minLength: 2 }, n: { type: 'integer' } },
  required: ['q'],
  additionalProperties: false,
};

describe.each(openTestDatabases())('on $name', ({ open }) => {
  let db: Database;
  const ports = () => ({ db, clock: () => 1_760_000_000_000 });
  beforeEach(async () => {
    db = await open();
  });
  afterEach(() => db.close());

  test('an item must satisfy both schemas', async () => {
    const expectedOutputSchema = { enum: ['yes', 'no'] };
    await createDataset(ports(), scope, { name: 'd', inputSchema: question, expectedOutputSchema });
    const create = (input: unknown, expectedOutput: unknown) =>
      createDatasetItem(ports(), scope, { datasetName: 'd', input, expectedOutput });
    await expect(create({ q: 'x', n: 1.5 }, 'maybe')).rejects.toMatchObject({
      code: 'COAIA-2100',
      details: [
        expect.stringMatching(/^input\.q: /),
        expect.stringMatching(/^input\.n: /),
        expect.stringMatching(/^expectedOutput: /),
      ],
    });
    expect(await create({ q: 'why', n: 2 }, 'yes')).toMatchObject({ input: { q: 'why', n: 2 } });
    expect(await db.read('SELECT id FROM dataset_items')).toHaveLength(1);
  });

  test('a schema that stored items break is not set', async () => {
    await createDataset(ports(), scope, { name: 'd' });
    await createDatasetItem(ports(), scope, { datasetName: 'd', id: 'bad', input: 'text' });
    await createDatasetItem(ports(), scope, { datasetName: 'd', id: 'good', input: { q: 'ok' } });
    await expect(
      createDataset(ports(), scope, { name: 'd', inputSchema: question }),
    ).rejects.toMatchObject({ code: 'COAIA-2101', details: [{ id: 'bad' }] });
    expect(await getDataset(ports(), scope, 'd')).toMatchObject({ inputSchema: null });
  });
});

test.each([
  ['a condition', { if: { type: 'string' }, else: { const: 2 } }],
  ['no type', { required: ['q'] }],
  ['no type inside', { type: 'object', properties: { q: { minLength: 2 } } }],
  ['no type in a branch', { anyOf: [{ type: 'string' }, { items: { type: 'string' } }] }],
  ['not', { not: { type: 'string' } }],
  ['another document', { $ref: 'https://example.com/schema.json' }],
  ['an unknown type', { type: 'words' }],
  ['no object', true],
])('a schema with %s is refused', (_, schema) => {
  expect(() => parseValueSchema(schema, 'input')).toThrow(/^The input schema cannot be used: /);
});

test('names may look like words of the language', () => {
  const schema = parseValueSchema(
    { type: 'object', properties: { items: { type: 'string' }, required: { type: 'null' } } },
    'input',
  );
  expect(findValueProblems(schema, 'input', { items: 1, required: null })).toHaveLength(1);
});

test.each([
  [{ type: 'object', required: ['a'] }, { b: 1 }, { a: 1 }],
  [{ type: 'array', items: { type: 'object', required: ['a'] } }, [{}], [{ a: 0 }]],
  [{ type: 'object', properties: { a: {} }, required: ['b'] }, { a: 1 }, { b: 1 }],
])('members that are only named as required are required: %#', (schema, bad, good) => {
  const compiled = parseValueSchema(schema, 'input');
  expect(findValueProblems(compiled, 'input', bad)).not.toEqual([]);
  expect(findValueProblems(compiled, 'input', good)).toEqual([]);
});
