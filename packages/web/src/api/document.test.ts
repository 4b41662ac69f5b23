import { expect, test } from 'vitest';
import { findMissing, toAddress, toBodyValue, toOperationCall } from './call.ts';
import { findOperations, toOperations } from './document.ts';
import { toExample, toTypeWords } from './example.ts';

const raw = {
  summary: 'Make a thing.',
  tags: ['things'],
  parameters: [
    { name: 'projectId', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'limit', in: 'query', required: false, schema: { type: 'integer', default: 50 } },
  ],
  requestBody: {
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            kind: { enum: ['A', 'B'] },
            tags: { type: 'array', items: { type: 'string' } },
            note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          },
          required: ['name', 'kind', 'tags'],
        },
      },
    },
  },
  responses: { '201': { content: { 'application/json': { schema: { type: 'object' } } } } },
  security: [{ keys: [] }, { page: [] }],
  'x-permission': 'things:write',
} as const;

const all = toOperations({
  paths: {
    '/api/v1/projects/{projectId}/things': {
      post: { ...raw, operationId: 'things.create' },
      get: { ...raw, operationId: 'things.list', summary: 'List things.' },
    },
    '/api/public/health': {
      get: { ...raw, operationId: 'health.health', tags: ['health'], parameters: [], security: [] },
    },
  },
});

const create = all.find(({ id }) => id === 'things.create')!;

test('operations are grouped by noun, then by address and method', () => {
  expect(all.map(({ id }) => id)).toEqual(['health.health', 'things.list', 'things.create']);
  expect(all[0]?.access).toBe('open');
  expect(create).toMatchObject({ method: 'POST', permission: 'things:write', access: 'usual' });
});

test('the search wants every word somewhere', () => {
  const find = (text: string) => findOperations(all, text).map(({ id }) => id);
  expect(find('POST things')).toEqual(['things.create']);
  expect(find('list')).toEqual(['things.list']);
  expect(find('')).toHaveLength(3);
  expect(find('things nowhere')).toEqual([]);
});

test('an example has what is needed, and types are said in words', () => {
  expect(toExample(raw.requestBody.content['application/json'].schema)).toEqual({
    name: '',
    kind: 'A',
    tags: [''],
  });
  expect(toTypeWords({ type: 'integer', default: 50 })).toBe('integer, default 50');
  expect(toTypeWords({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBe('string or null');
});

test('a call is made of what was filled in', () => {
  const filling = { values: { projectId: 'a b', limit: '5' }, body: '{"name":"x"}' };
  expect(toAddress(create, filling)).toBe('/api/v1/projects/a%20b/things?limit=5');
  expect(toBodyValue(create, filling)).toEqual({ name: 'x' });
  expect(findMissing(create, { values: {}, body: '' })).toEqual(['projectId']);
  const { command } = toOperationCall(create, filling, 'http://127.0.0.1:1');
  expect(command).toBe(
    `eval "$(coaia keys --export)" && curl -s -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" -X POST -H 'content-type: application/json' -d '{"name":"x"}' 'http://127.0.0.1:1/api/v1/projects/a%20b/things?limit=5'`,
  );
});
