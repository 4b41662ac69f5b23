import { execFileSync } from 'node:child_process';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

let stub: LangfuseStub;
beforeEach(async () => {
  stub = await openLangfuseStub();
});
afterEach(() => stub.close());

const run = (words: readonly string[], options: Parameters<typeof runCoaia>[1] = {}) =>
  runCoaia(['fuse', 'traces', 'create', ...words], {
    ...options,
    env: { ...stub.env, ...options.env },
  });

test('prints three export lines and sends one trace-create', async () => {
  const words = [
    'T',
    '-s',
    'S',
    '-u',
    'U',
    '-n',
    'N',
    '-i',
    '{"a":1}',
    '-o',
    'text',
    '-m',
    '{"k":1}',
  ];
  const { code, stdout, stderr } = await run([...words, '--export-env']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    "export COAIA_TRACE_ID='T'\nexport COAIA_SESSION_ID='S'\nexport COAIA_USER_ID='U'\n",
  );
  expect(stub.events()).toMatchObject([
    {
      type: 'trace-create',
      body: {
        id: 'T',
        sessionId: 'S',
        userId: 'U',
        name: 'N',
        input: { a: 1 },
        output: 'text',
        metadata: { k: 1 },
      },
    },
  ]);
  expect(stub.calls).toHaveLength(1);
});

test('an id made of shell survives evaluation and runs nothing', async () => {
  const id = "a'b; touch /tmp/never $(echo x) `echo y`";
  const { stdout } = await run([id, '--export-env']);
  const shell = execFileSync('sh', ['-c', `eval "$1"; printf %s "$COAIA_TRACE_ID"`, 'sh', stdout]);
  expect(shell.toString()).toBe(id);
});

test('zero, false and empty values are sent', async () => {
  await run(['T', '-i', '0', '-o', 'false', '-m', '{}']);
  await run(['T', '-i', '', '-o', '[]']);
  expect(stub.events().map(({ body }) => [body['input'], body['output']])).toEqual([
    [0, false],
    ['', []],
  ]);
  expect(stub.events()[0]?.body['metadata']).toEqual({});
});

test('makes a W3C id, and every call has an event id of its own', async () => {
  const first = JSON.parse((await run([])).stdout);
  expect(first.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(first).toEqual({
    successes: [{ id: first.traceId, status: 201 }],
    errors: [],
    traceId: first.traceId,
  });
  await run(['T']);
  await run(['T']);
  expect(new Set(stub.events().map(({ id }) => id)).size).toBe(3);
});

test('takes the other dialect and the new options', async () => {
  const words = [
    '--name',
    'N',
    '--session-id',
    'S',
    '--user-id',
    'U',
    '--tags',
    'a,b',
    'c',
    '--release',
    'R',
    '--version',
    'V',
    '--environment',
    'prod',
    '--public',
    '--timestamp',
    '251216143022',
  ];
  await run(words);
  expect(stub.events()[0]?.body).toMatchObject({
    name: 'N',
    sessionId: 'S',
    userId: 'U',
    tags: ['a', 'b', 'c'],
    release: 'R',
    version: 'V',
    environment: 'prod',
    public: true,
    timestamp: '2025-12-16T14:30:22Z',
  });
});

test('session and user default to the environment, which is not exported again', async () => {
  const { stdout } = await run(['T', '--export-env'], {
    env: { COAIA_SESSION_ID: 'S', COAIA_USER_ID: 'U' },
  });
  expect(stub.events()[0]?.body).toMatchObject({ sessionId: 'S', userId: 'U' });
  expect(stdout).toBe("export COAIA_TRACE_ID='T'\n");
});

test('input may come from stdin', async () => {
  await run(['T', '-i', '-'], { stdin: '{"from":"stdin"}' });
  expect(stub.events()[0]?.body['input']).toEqual({ from: 'stdin' });
});

test.each([
  [['-m', '{bad'], 'COAIA-1061'],
  [['--timestamp', '259916143022'], 'COAIA-1060'],
])('%j exits 2 and sends nothing', async (words, codeName) => {
  const { code, stdout, stderr } = await run(['T', ...words]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(codeName);
  expect(stub.calls).toEqual([]);
});

test('a refused event exports nothing and exits 1', async () => {
  await stub.close();
  stub = await openLangfuseStub((call) => {
    const [event] = (call.body as { batch: { id: string }[] }).batch;
    const errors = [
      {
        id: event?.id,
        status: 400,
        message: 'Invalid request data',
        error: [{ path: ['body'], message: 'no' }],
      },
    ];
    return { status: 207, json: { successes: [], errors } };
  });
  const { code, stdout, stderr } = await run(['T', '--export-env']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('T: Invalid request data (body no)');
});

test('refused keys exit 3, an absent server 4, both on one line of stderr', async () => {
  await stub.close();
  const away = await run(['T']);
  expect({ code: away.code, stdout: away.stdout }).toEqual({ code: 4, stdout: '' });
  expect(away.stderr.trimEnd().split('\n')).toHaveLength(1);
  stub = await openLangfuseStub(() => ({ status: 401, json: { message: 'Invalid credentials' } }));
  const refused = await run(['T']);
  expect(refused.code).toBe(3);
  expect(refused.stderr).not.toContain('sk-lf-stub');
});
