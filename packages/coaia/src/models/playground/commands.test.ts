import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openModelServer } from '../testing/model-server.ts';
import type { ModelServer } from '../testing/model-server.ts';

describe('coaia models run', () => {
  let home = '';
  let model: ModelServer;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'coaia-run-'));
    model = await openModelServer();
  });
  afterEach(async () => {
    await model.close();
    await rm(home, { recursive: true, force: true });
  });

  const run = (line: string | readonly string[], options: Parameters<typeof runCoaia>[1] = {}) =>
    runCoaia(line, { home, ...options });
  const connect = (options = {}) =>
    run(`models connections set mine --base-url ${model.baseUrl}`, options);

  it('prints the answer and leaves a trace', async () => {
    await connect();
    const words = ['models', 'run', 'Hello {{name}}', '-m', 'm-1', '--var', 'name=Ada'];
    const { code, stdout, stderr } = await run([...words, '--system', 'Be kind.']);
    expect([code, stdout]).toEqual([0, 'You said "Hello Ada", which is 2 words.\n']);
    expect(model.calls[0]?.body).toMatchObject({
      model: 'm-1',
      messages: [{ content: 'Be kind.' }, { content: 'Hello Ada' }],
    });
    const [, traceId = 'none'] = /Trace: (\w+)/.exec(stderr) ?? [];
    const trace = await run(['fuse', 'traces', 'list', '--json']);
    expect(trace.stdout).toContain(traceId);
    expect(trace.stdout).toContain('Hello Ada');
  });

  it('runs what the playground copies, and tells when the form is wrong', async () => {
    await connect();
    const call = { model: 'm-1', messages: [{ role: 'user', content: 'rate' }] };
    const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
    const stdin = JSON.stringify({ ...call, schema });
    const good = await run('models run - --json', { stdin });
    expect(JSON.parse(good.stdout)).toMatchObject({ check: { isValid: true } });
    const unsent = JSON.stringify({ ...call, schema, isSchemaSent: false });
    const bad = await run('models run -', { stdin: unsent });
    expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('no JSON')]);
  });

  it.each([
    ['models run hi', 2, 'Which model'],
    ['models run - -m m', 2, 'no JSON'],
    ['models run hi -m m --var x', 2, 'NAME=VALUE'],
    ['models run hi -m m', 3, 'no connection'],
  ])('%s ends with %i', async (line, code, message) => {
    const result = await run(line, { stdin: '' });
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(message);
  });

  it('does the same through a server', async () => {
    const [kind] = openTestDatabases();
    if (kind === undefined) throw new TypeError('no store');
    const server = await openRoomServer(await kind.open());
    const env = {
      LANGFUSE_HOST: server.url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-own',
      LANGFUSE_SECRET_KEY: 'sk-lf-own',
    };
    try {
      await connect({ env });
      const { stdout } = await run('models run hello -m m-1', { env });
      expect(stdout).toContain('You said "hello"');
    } finally {
      await server.close();
    }
  });
});
