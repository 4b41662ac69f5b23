/** Checks 25 to 28: templates become traces in one request, conditions hold, nothing is invented. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import { run as runProgram } from '../python/python-env.ts';
import { openServerTarget, openStubTarget } from './targets.ts';

type Target = Awaited<ReturnType<typeof openStubTarget>>;
type ServerTarget = Awaited<ReturnType<typeof openServerTarget>>;

const coaia = (
  { home, env }: Pick<Target, 'home' | 'env'>,
  words: string | readonly string[],
  more: Readonly<Record<string, string>> = {},
) => runCoaia(words, { home, env: { ...env, ...more } });

/** What a shell has after evaluating the lines, and everything else that they did. */
async function evaluate(lines: string) {
  const script =
    'eval "$LINES"; printf "%s|%s|%s|%s" "$COAIA_TRACE_ID" "$COAIA_SESSION_ID" "$COAIA_USER_ID" "$COAIA_LAST_OBSERVATION_ID"';
  const { stdout } = await runProgram('sh', ['-c', script], {
    env: { PATH: process.env['PATH'], LINES: lines },
  });
  return stdout.split('|');
}

/** Templates with every variable that must be given. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'simple-trace': ['trace_name'],
  'data-pipeline': [],
  'llm-chain': [],
  'parallel-processing': ['job_name'],
  'error-handling': ['operation_name'],
  'judge-evaluation': ['content_name', 'content_to_evaluate'],
  'judge-ensemble': ['content_name', 'content_to_evaluate'],
  'mobile-transcription': ['audio_source'],
  'ios-data-sync': ['sync_name'],
  'gesture-pipeline': ['gesture_type', 'workflow_name'],
  'quick-analysis': ['data_source'],
  'story-quality-ensemble': ['story_title', 'story_content', 'content_type'],
  'story-session-resume': ['story_title', 'session_id', 'resume_point'],
  'storytelling-development': ['story_title', 'story_prompt'],
};

describe('against a recording stub', () => {
  let target: Target;
  beforeEach(async () => {
    target = await openStubTarget();
  });
  afterEach(() => target.close());
  const requests = () => target.stub.calls.filter(({ method }) => method !== 'GET');
  const bodies = () => target.stub.events().map(({ body }) => body);

  test('check 25: one word, two words: one ingestion request', async () => {
    const lines = [
      [
        'pipeline',
        'create',
        'simple-trace',
        '--var',
        'trace_name=My Process',
        '--var',
        'user_id=john',
      ],
      [
        'pipeline',
        'create',
        'simple-trace',
        '--var',
        'trace_name',
        'My Process',
        '--var',
        'user_id',
        'john',
      ],
    ];
    for (const line of lines) {
      const before = requests().length;
      const { code, stderr } = await coaia(target, line);
      expect([code, stderr]).toEqual([0, '']);
      expect(requests()).toHaveLength(before + 1);
    }
    expect(target.stub.events().map(({ type }) => type)).toEqual([
      'trace-create',
      'event-create',
      'trace-create',
      'event-create',
    ]);
    expect(bodies()[0]).toMatchObject({
      name: 'Pipeline: simple-trace',
      userId: 'john',
      metadata: {
        template_name: 'simple-trace',
        variables: { trace_name: 'My Process', user_id: 'john' },
      },
    });
    expect(bodies()[1]).toMatchObject({ name: 'Main Task', traceId: bodies()[0]?.['id'] });
  });

  test.each([
    'pipeline create data-pipeline --trace-id 6f1c --export-env',
    'pipeline create data-pipeline --var user_id="john" --var pipeline_name="ETL Process" --export-env',
    'pipeline create data-pipeline --var user_id="john" --var pipeline_name="ETL Process" --var data_source="production_db" --export-env',
    'pipeline create llm-chain --var model="gpt-4" --export-env',
  ])('check 25: %s', async (line) => {
    const { code, stdout, stderr } = await coaia(target, line);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^(?:export COAIA_[A-Z_]+='[^']*'\n)+$/);
    expect(requests()).toHaveLength(1);
    const [trace] = bodies();
    const [traceId, , user, lastId] = await evaluate(stdout);
    expect([traceId, lastId]).toEqual([trace?.['id'], bodies().at(-1)?.['id']]);
    expect(user).toBe(line.includes('john') ? 'john' : '');
  });

  test('check 25: ids that hold quotes and commands come back exactly', async () => {
    const odd = "a'b; touch pwned; $(c)";
    const words = [
      'pipeline',
      'create',
      'data-pipeline',
      '--trace-id',
      odd,
      '--session-id',
      odd,
      '--export-env',
    ];
    const { stdout } = await coaia(target, words);
    expect((await evaluate(stdout)).slice(0, 2)).toEqual([odd, odd]);
    expect(
      stdout
        .split('\n')
        .map((line) => /^export (\w+)/.exec(line)?.[1])
        .filter(Boolean),
    ).toEqual([
      'COAIA_TRACE_ID',
      'COAIA_SESSION_ID',
      'COAIA_LAST_OBSERVATION_ID',
      'COAIA_ROOT_OBSERVATION_ID',
      'COAIA_PARENT_OBSERVATION_ID',
    ]);
  });

  test.each([
    ['data-pipeline', '', 5],
    ['data-pipeline', '--var processing_steps=load,export', 3],
    ['parallel-processing', '--var job_name=x --var worker_count=2', 4],
    ['llm-chain', '', 5],
    ['llm-chain', '--var enable_judge_evaluation=true', 8],
  ])('check 26: %s %s makes %i observations', async (name, more, count) => {
    expect((await coaia(target, `pipeline create ${name} ${more}`)).code).toBe(0);
    expect(bodies()).toHaveLength(count + 1);
    const [trace, root, ...others] = bodies();
    for (const body of others)
      expect([body['traceId'], body['parentObservationId']]).toEqual([trace?.['id'], root?.['id']]);
  });

  test('check 27: no value that is stored claims what nobody computed', async () => {
    for (const [name, variables] of Object.entries(TEMPLATES)) {
      const given = variables.flatMap((variable) => ['--var', `${variable}=v1`]);
      expect((await coaia(target, ['pipeline', 'create', name, ...given])).code, name).toBe(0);
    }
    const observations = target.stub.events().filter(({ type }) => type !== 'trace-create');
    expect(observations.length).toBeGreaterThan(60);
    for (const { body } of observations) {
      for (const field of ['usage', 'usageDetails', 'costDetails', 'scores', 'statusMessage'])
        expect(body, String(body['name'])).not.toHaveProperty(field);
      expect(JSON.stringify(body['output'] ?? {})).not.toMatch(/\d|[a-z]{3,} [a-z]{3,}/i);
      const {
        step_name: _name,
        description: _text,
        ...metadata
      } = (body['metadata'] ?? {}) as Record<string, unknown>;
      expect(JSON.stringify([body['input'], metadata])).not.toMatch(
        /succe|complet|finished|passed|approved|score"?\s*:\s*\d|token|processed|\d\s*%/i,
      );
    }
    expect(target.stub.events().every(({ type }) => !type.startsWith('score'))).toBe(true);
  });

  test('check 28: a copy and a child of a template', async () => {
    const init = 'pipeline init company-etl --from data-pipeline --location project';
    expect((await coaia(target, init)).code).toBe(0);
    expect((await coaia(target, init)).code).toBe(1);
    expect(
      (await coaia(target, 'pipeline create company-etl --var data_source="sales_db"')).code,
    ).toBe(0);
    expect(bodies()).toHaveLength(6);
    expect(bodies()[1]).toMatchObject({ input: { dataset: 'sales_db' } });
    await coaia(target, 'pipeline init child --from data-pipeline --location project --link');
    expect((await coaia(target, 'pipeline create child')).code).toBe(0);
    expect(
      bodies()
        .slice(6)
        .map((body) => body['name']),
    ).toEqual([
      'Pipeline: child',
      'Data Processing Pipeline',
      'Load Data',
      'Validate Data',
      'Transform Data',
      'Export Results',
    ]);
  });
});

describe('against a real server', () => {
  let target: ServerTarget;
  beforeAll(async () => {
    target = await openServerTarget();
  });
  afterAll(() => target?.close());

  test('checks 25 and 26', async () => {
    const { stdout } = await coaia(
      target,
      'pipeline create data-pipeline --trace-id p1 --session-id s1 --var user_id=john --export-env',
    );
    expect((await evaluate(stdout)).slice(0, 3)).toEqual(['p1', 's1', 'john']);
    const trace = await target.read('/traces/p1');
    expect(trace).toMatchObject({
      name: 'Pipeline: data-pipeline',
      sessionId: 's1',
      userId: 'john',
    });
    expect(trace.observations).toHaveLength(5);
    expect(trace.metadata).toMatchObject({
      template_source: 'builtin',
      variables: { user_id: 'john' },
    });
  });

  test('check 28, with a template that is kept on the server', async () => {
    await coaia(target, 'pipeline init mine --from data-pipeline --location project');
    const { templates } = await readTemplates(target);
    expect(templates).toContain('data-pipeline');
    const file = await coaia(target, 'pipeline show mine --text');
    const saved = await target.server.send('PUT', '/api/v1/pipelines/kept', {
      body: JSON.stringify({ text: file.stdout.replaceAll('"mine"', '"kept"'), format: 'json' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(saved.status).toBe(200);
    expect((await coaia(target, 'pipeline create kept --trace-id p2')).code).toBe(0);
    expect((await target.read('/traces/p2')).metadata).toMatchObject({ template_source: 'server' });
    const edited = await coaia(target, 'pipeline edit kept', {
      PATH: process.env['PATH'] ?? '',
      EDITOR: 'sed -i s/EVENT/SPAN/',
    });
    expect([edited.code, edited.stderr]).toEqual([0, '']);
    expect((await coaia(target, 'pipeline history kept')).stdout).toContain('Total revisions: 2');
    expect((await coaia(target, 'pipeline bump kept')).stdout).toContain('1.0.1');
    expect((await coaia(target, 'pipeline show kept@1.0.0 --json')).stdout).toContain(
      '"version": "1.0.0"',
    );
  });
});

async function readTemplates(target: ServerTarget) {
  const { stdout } = await coaia(target, 'pipeline list --json');
  const listed = JSON.parse(stdout) as readonly { readonly name: string }[];
  return { templates: listed.map(({ name }) => name) };
}
