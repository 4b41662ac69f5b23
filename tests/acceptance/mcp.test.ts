/** Check 29: the MCP server, its levels, every tool against a stub, and what happens when the server refuses. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStdioClient } from '../../packages/coaia/src/mcp/testing/stdio-client.ts';
import type { StdioClient } from '../../packages/coaia/src/mcp/testing/stdio-client.ts';
import { openStubTarget } from './targets.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const META = { page: 1, limit: 50, totalItems: 1, totalPages: 1 };
const CONFIG = { id: 'c1', name: 'Range', dataType: 'NUMERIC', minValue: 0, maxValue: 10 };

/** Answers of a server on which everything is there, by the beginning of the address below /api/public. */
const ANSWERS: readonly (readonly [string, unknown])[] = [
  ['score-configs', { data: [CONFIG], meta: META }],
  ['projects', { data: [{ id: 'p1', name: 'house' }] }],
  ['media/', { mediaId: 'm1', contentType: 'text/plain', contentLength: 5, url: 'http://x/' }],
  ['media', { mediaId: 'm1', uploadUrl: null }],
  ['comments/', { id: 'k1', content: 'seen' }],
  ['traces/', { id: 't1', name: 'n', htmlPath: '/project/p1/traces/t1', observations: [] }],
  ['observations/', { id: 'o1', type: 'SPAN', name: 'n' }],
  ['v2/prompts/', { name: 'a/b', prompt: 'x' }],
  ['v2/datasets/', { name: 'd' }],
  ['scores', { id: 'made' }],
  ['dataset-items', { id: 'i1', data: [], meta: META }],
  ['comments', { id: 'k1', data: [], meta: META }],
  ['', { data: [], meta: META }],
];

/** One call of each tool that asks the server. */
const CALLS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  coaia_fuse_trace_create: { trace_id: 't1', name: 'n', input_data: { a: 1 } },
  coaia_fuse_trace_patch_output: { trace_id: 't1', output_data: 'done' },
  coaia_fuse_trace_get: { trace_id: 't1' },
  coaia_fuse_trace_view: { trace_id: 't1' },
  coaia_fuse_add_observation: { observation_id: 'o1', trace_id: 't1', name: 'n' },
  coaia_fuse_add_observations_batch: {
    trace_id: 't1',
    observations: [{ observation_id: 'o2', name: 'n' }],
  },
  coaia_fuse_observation_get: { observation_id: 'o1' },
  coaia_fuse_traces_list: { session_id: 's1', environment: ['a', 'b'] },
  coaia_fuse_traces_session_view: { session_id: 's1' },
  coaia_fuse_sessions_list: {},
  coaia_fuse_projects_list: {},
  coaia_fuse_prompts_list: {},
  coaia_fuse_prompts_get: { name: 'a/b', label: 'staging' },
  coaia_fuse_datasets_list: {},
  coaia_fuse_datasets_get: { name: 'd' },
  coaia_fuse_dataset_items_list: { dataset_name: 'd' },
  coaia_fuse_dataset_items_create: { dataset_name: 'd', input: 1 },
  coaia_fuse_score_configs_list: {},
  coaia_fuse_score_configs_get: { name_or_id: 'Range' },
  coaia_fuse_score_apply: {
    config_name_or_id: 'Range',
    target_type: 'trace',
    target_id: 't1',
    value: '5',
  },
  coaia_fuse_scores_list: { trace_id: 't1' },
  coaia_fuse_comments_list: {},
  coaia_fuse_comments_get: { comment_id: 'k1' },
  coaia_fuse_comments_create: { text: 'seen', object_type: 'TRACE', object_id: 't1' },
  coaia_fuse_media_upload: { file_path: 'note.txt', trace_id: 't1' },
  coaia_fuse_media_get: { media_id: 'm1' },
};

/** What they send, as far as it changes something or is easily wrong. */
const SENT = [
  ['POST', '/api/public/dataset-items', { datasetName: 'd', input: 1 }],
  [
    'POST',
    '/api/public/scores',
    { name: 'Range', configId: 'c1', dataType: 'NUMERIC', value: 5, traceId: 't1' },
  ],
  [
    'POST',
    '/api/public/comments',
    { projectId: 'p1', objectType: 'TRACE', objectId: 't1', content: 'seen' },
  ],
  ['GET', '/api/public/v2/prompts/a%2Fb?label=staging', undefined],
  ['GET', '/api/public/traces?sessionId=s1&environment=a&environment=b&page=1&limit=50', undefined],
] as const;

let target: Awaited<ReturnType<typeof openStubTarget>>;
let isRefusing: boolean;
let clients: StdioClient[];

beforeEach(async () => {
  isRefusing = false;
  clients = [];
  target = await openStubTarget(({ method, url }) => {
    if (isRefusing) return { status: 400, json: { message: 'not today', error: 'BadRequest' } };
    const path = url.replace('/api/public/', '');
    if (path === 'ingestion') return undefined;
    const [, json] = ANSWERS.find(([start]) => path.startsWith(start)) ?? [];
    return { status: method === 'POST' && path === 'media' ? 201 : 200, json };
  });
  writeFileSync(join(target.home, 'note.txt'), 'hello');
});
afterEach(async () => {
  for (const client of clients) await client.close();
  await target.close();
});

async function open(level: string): Promise<StdioClient> {
  const { home, env } = target;
  const PATH = process.env['PATH'] ?? '';
  const place = { ...RUN_ENV, PATH, HOME: home, COAIA_HOME: join(home, '.coaia') };
  const words = ['--features', level];
  const client = await openStdioClient({ cwd: home, env: { ...place, ...env } }, words);
  clients.push(client);
  return client;
}

test('check 29: 20, 20, 20 and 22 tools beside our own', async () => {
  const counts: number[] = [];
  for (const level of ['MINIMAL', 'STANDARD', 'OBSERVABILITY', 'FULL']) {
    const { tools } = await (await open(level)).client.listTools();
    counts.push(tools.length);
  }
  const own = (counts[0] ?? 0) - 20;
  expect(counts.map((count) => count - own)).toEqual([20, 20, 20, 22]);
});

test('check 29: every tool asks the server as the API wants it', async () => {
  const { client, call } = await open('FULL');
  const { tools } = await client.listTools();
  // These ask for what Langfuse has not; the walk over a server of ours calls them.
  const isOwn = (name: string) => /^coaia_(?:tash|fetch|pipeline_\w+)$/.test(name);
  const asking = tools.map(({ name }) => name).filter((name) => !isOwn(name));
  expect(asking.toSorted()).toEqual(Object.keys(CALLS).toSorted());
  for (const [name, input] of Object.entries(CALLS)) {
    const before = target.stub.calls.length;
    const { isError, value } = await call(name, input);
    expect([name, isError, value.success]).toEqual([name, false, true]);
    expect([name, target.stub.calls.length > before]).toEqual([name, true]);
  }
  for (const [method, url, body] of SENT)
    expect(target.stub.calls).toContainEqual(
      expect.objectContaining({ method, url, ...(body === undefined ? {} : { body }) }),
    );
  expect(target.stub.events().map(({ type }) => type)).toEqual([
    'trace-create',
    'trace-create',
    'observation-create',
    'observation-create',
  ]);
  const view = await call('coaia_fuse_trace_view', { trace_id: 't1' });
  expect(view.value.trace_url).toBe(`${target.env['LANGFUSE_HOST']}/project/p1/traces/t1`);
});

test('check 29: a call that the server refuses is an error', async () => {
  const { call } = await open('FULL');
  isRefusing = true;
  for (const [name, input] of Object.entries(CALLS)) {
    const { isError, value } = await call(name, input);
    expect([name, isError, value.success]).toEqual([name, true, false]);
    expect([name, value.error]).toEqual([name, expect.stringContaining('not today')]);
  }
});

test('check 29: a value outside the range is an error before anything is sent', async () => {
  const { call } = await open('STANDARD');
  const apply = CALLS['coaia_fuse_score_apply'];
  expect(await call('coaia_fuse_score_apply', { ...apply, value: 11 })).toMatchObject({
    isError: true,
    value: { error: '11 is outside the range from 0 to 10.' },
  });
  expect(target.stub.calls.filter(({ method }) => method === 'POST')).toEqual([]);
});
