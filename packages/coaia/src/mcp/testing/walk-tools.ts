/** Calls every tool once and looks at what it did through another one. */
import { expect } from 'vitest';
import type { StdioClient } from './stdio-client.ts';

export interface WalkOptions {
  /** The store of this home has no pages. */
  readonly isLocal: boolean;
  /** Makes a prompt a/b, a dataset cases and a score config with the category good. */
  readonly prepare: () => Promise<void>;
}

/** A file `note.txt` lies in the folder. Fails when a tool is left out. */
export async function walkTools(
  { client, call }: StdioClient,
  { isLocal, prepare }: WalkOptions,
): Promise<void> {
  const called = new Set<string>();
  const use = async (name: string, input: Readonly<Record<string, unknown>> = {}) => {
    called.add(name);
    const { isError, value } = await call(name, input);
    expect([name, isError, value.error]).toEqual([name, false, undefined]);
    expect(value.success).toBe(true);
    return value;
  };
  await walkRecords(use, isLocal);
  await walkCuration(use, prepare);
  await walkJudgement(use);
  await walkFiles(use);
  await walkPipelines(use, isLocal);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).filter((name) => !called.has(name))).toEqual([]);
}

// oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
type Use = (name: string, input?: Readonly<Record<string, unknown>>) => Promise<any>;

async function walkRecords(use: Use, isLocal: boolean): Promise<void> {
  await use('coaia_tash', { key: 'k', value: 'kept' });
  expect((await use('coaia_fetch', { key: 'k' })).value).toBe('kept');
  await use('coaia_fuse_trace_create', {
    trace_id: 't1',
    session_id: 's1',
    user_id: 'u1',
    name: 'walk',
    input_data: { a: 1 },
  });
  await use('coaia_fuse_trace_patch_output', { trace_id: 't1', output_data: ['done'] });
  const added = await use('coaia_fuse_add_observation', {
    observation_id: 'o1',
    trace_id: 't1',
    name: 'step',
    start_time: '251216143022',
  });
  expect(added).toMatchObject({ observation_id: 'o1', type: 'SPAN' });
  await use('coaia_fuse_add_observations_batch', {
    trace_id: 't1',
    observations: [
      { observation_id: 'o2', name: 'child', parent_id: 'o1', observation_type: 'TOOL' },
    ],
  });
  const one = await use('coaia_fuse_observation_get', { observation_id: 'o1' });
  expect(one.observation.startTime).toBe('2025-12-16T14:30:22.000Z');
  const got = await use('coaia_fuse_trace_get', { trace_id: 't1' });
  expect(got.trace).toMatchObject({ output: ['done'], input: { a: 1 }, userId: 'u1' });
  expect(got.formatted).toContain('  - SPAN step');
  expect(got.formatted).toContain('    - TOOL child');
  if (isLocal) expect(got.trace_url).toBeNull();
  else expect(got.trace_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/p\/.*\/traces\/t1$/);
  expect(
    await use('coaia_fuse_trace_view', { trace_id: 't1', json_output: true }),
  ).not.toHaveProperty('formatted');
  const listed = await use('coaia_fuse_traces_list', { user_id: 'u1', tags: [], limit: 5 });
  expect(listed.traces.map(({ id }: { readonly id: string }) => id)).toEqual(['t1']);
  expect((await use('coaia_fuse_traces_session_view', { session_id: 's1' })).table).toContain('t1');
  expect((await use('coaia_fuse_sessions_list')).sessions).toMatchObject([{ id: 's1' }]);
  expect((await use('coaia_fuse_projects_list')).projects).toHaveLength(1);
}

async function walkCuration(use: Use, prepare: WalkOptions['prepare']): Promise<void> {
  expect((await use('coaia_fuse_prompts_list')).prompts).toEqual([]);
  expect((await use('coaia_fuse_datasets_list')).datasets).toEqual([]);
  await prepare();
  expect(
    (await use('coaia_fuse_prompts_get', { name: 'a/b', label: 'latest' })).prompt.prompt,
  ).toBe('Hello');
  await use('coaia_fuse_datasets_get', { name: 'cases' });
  const made = await use('coaia_fuse_dataset_items_create', {
    dataset_name: 'cases',
    input: { q: 1 },
    expected_output: 'yes',
  });
  const { items } = await use('coaia_fuse_dataset_items_list', { dataset_name: 'cases' });
  expect(items).toMatchObject([{ id: made.item.id, expectedOutput: 'yes' }]);
}

async function walkJudgement(use: Use): Promise<void> {
  const { configs } = await use('coaia_fuse_score_configs_list');
  const [{ id, name }] = configs as readonly [{ readonly id: string; readonly name: string }];
  expect((await use('coaia_fuse_score_configs_get', { name_or_id: name })).config.id).toBe(id);
  await use('coaia_fuse_score_apply', {
    config_name_or_id: name,
    target_type: 'trace',
    target_id: 't1',
    observation_id: 'o1',
    value: 'GOOD',
    comment: 'fine',
  });
  const { scores } = await use('coaia_fuse_scores_list', { trace_id: 't1' });
  expect(scores).toMatchObject([{ stringValue: 'good', observationId: 'o1', configId: id }]);
  const { comment } = await use('coaia_fuse_comments_create', {
    text: 'seen',
    object_type: 'TRACE',
    object_id: 't1',
  });
  const read = await use('coaia_fuse_comments_get', { comment_id: comment.id });
  expect(read.comment.content).toBe('seen');
  const list = await use('coaia_fuse_comments_list', { object_type: 'TRACE', object_id: 't1' });
  expect(list.comments).toHaveLength(1);
}

async function walkFiles(use: Use): Promise<void> {
  const sent = await use('coaia_fuse_media_upload', { file_path: 'note.txt', trace_id: 't1' });
  const { media } = await use('coaia_fuse_media_get', { media_id: sent.media_id });
  expect(media).toMatchObject({ contentType: 'text/plain', contentLength: 5 });
}

/** What `prepare` sends, by operation and address. */
export const PREPARATION = [
  ['prompts_create', '/v2/prompts', { name: 'a/b', prompt: 'Hello' }],
  ['datasets_create', '/v2/datasets', { name: 'cases' }],
  [
    'scoreConfigs_create',
    '/score-configs',
    {
      name: 'taste',
      dataType: 'CATEGORICAL',
      categories: [
        { label: 'bad', value: 0 },
        { label: 'good', value: 1 },
      ],
    },
  ],
] as const;

/** The server of the test has no worker, so there a run stays queued. */
async function walkPipelines(use: Use, isLocal: boolean): Promise<void> {
  const { pipelines } = await use('coaia_pipeline_list');
  expect(pipelines).toContainEqual(expect.objectContaining({ name: 'simple-trace' }));
  const { pipeline } = await use('coaia_pipeline_show', { name: 'simple-trace' });
  expect(pipeline.template.steps).toHaveLength(1);
  const variables = { trace_name: 'from an agent' };
  const wait = isLocal ? {} : { wait_seconds: 1 };
  const run = await use('coaia_pipeline_run', { name: 'simple-trace', variables, ...wait });
  const state = isLocal ? 'succeeded' : 'queued';
  expect(run).toMatchObject({ state, run: { pipeline: { name: 'simple-trace' } } });
  const again = await use('coaia_pipeline_run_get', { run_id: run.run_id });
  expect(again.run).toMatchObject({ state, traceId: run.trace_id });
}
