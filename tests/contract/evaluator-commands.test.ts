/** The commands of evaluators and rules, on the embedded store and against a running server: the same words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import type { ModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';

const CODE = `function evaluate(ctx) {
  if (ctx.observation.output === 'boom') throw new Error('boom');
  return { scores: [{ name: 'right', value: ctx.observation.output === '4', comment: 'compared' }] };
}`;
const JUDGE = `
name: quality
type: llm_as_judge
prompt: "{{input}} {{output}}"
outputDefinition: { dataType: BOOLEAN }
`;

describe.each(['local', 'remote'])('%s', (kind) => {
  const home = mkdtempSync(join(tmpdir(), 'coaia-evaluators-'));
  let server: BenchServer | undefined;
  let model: ModelServer;
  let env: Record<string, string> = {};

  beforeAll(async () => {
    model = await openModelServer();
    writeFileSync(join(home, 'right.ts'), CODE);
    writeFileSync(join(home, 'right.json'), '{"name": "right", "sourceFile": "right.ts"}');
    writeFileSync(join(home, 'quality.yaml'), JUDGE);
    if (kind === 'local') return;
    server = await startServer();
    const [publicKey = '', secretKey = ''] = atob(server.authorization.slice(6)).split(':');
    env = {
      LANGFUSE_BASE_URL: server.url,
      LANGFUSE_PUBLIC_KEY: publicKey,
      LANGFUSE_SECRET_KEY: secretKey,
    };
  });
  afterAll(async () => {
    await server?.stop();
    await model.close();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (line: string, stdin?: string) =>
    runCoaia(line, { home, env, ...(stdin === undefined ? {} : { stdin }) });
  const json = async (line: string, expected = 0) => {
    const { code, stdout, stderr } = await run(`${line} --json`);
    expect({ line, code, stderr }).toMatchObject({ code: expected });
    return JSON.parse(stdout);
  };

  test('evaluators are made from files, shown, tried, run and deleted', async () => {
    await json(`fuse traces create sum -n calculator -i '"2+2"' -o '"4"'`);
    await json(`fuse traces create bad -n calculator -i '"2+2"' -o '"boom"'`);
    const made = await json('evaluators create -f right.json');
    expect(made).toMatchObject({ name: 'right', type: 'code', sourceCodeLanguage: 'TYPESCRIPT' });
    expect(await json('evaluators list')).toMatchObject([{ id: made.id, version: 1 }]);
    expect((await run('evaluators show right')).stdout).toContain('compared');
    expect(await json('evaluators test right --trace sum')).toEqual({
      scores: [{ name: 'right', dataType: 'BOOLEAN', value: true, comment: 'compared' }],
      executionTraceId: null,
    });
    expect(await json('fuse scores list --trace sum')).toEqual([]);

    const ended = await json(`evaluators run right --traces 'name:calculator'`, 5);
    expect(ended.map((one: { status: string }) => one.status).toSorted()).toEqual([
      'done',
      'failed',
    ]);
    const scores = await json('fuse scores list --trace sum');
    expect(scores).toMatchObject([{ name: 'right', source: 'EVAL', comment: 'compared' }]);
    const again = await run(`evaluators run right --trace sum`);
    expect(again.stderr).toContain('1 were evaluated before.');
    const failed = await json('evaluation-rules log --status failed');
    expect(failed).toMatchObject([{ traceId: 'bad', error: { code: 'COAIA-0752' } }]);

    expect(await run('evaluators delete right --yes')).toMatchObject({ code: 0 });
    expect(await run('evaluators show right')).toMatchObject({ code: 1, stdout: '' });
  }, 60_000);

  test('a judge without a connection says how to get one', async () => {
    const lonely = await run('evaluators create -f -', JUDGE.replace('quality', 'lonely'));
    expect(lonely).toMatchObject({ code: 0 });
    const refused = await run('evaluators test lonely --trace sum');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('no connection to a model server');
    expect(refused.stdout).toBe('');
  });

  test('rules are made, switched and deleted; the log shows them', async () => {
    const connected = await run(
      `models connections set judge --base-url ${model.baseUrl} -m judge-1`,
    );
    expect(connected).toMatchObject({ code: 0 });
    await json('evaluators create -f quality.yaml');
    const filter = JSON.stringify([
      { type: 'stringOptions', column: 'name', operator: 'any of', value: ['answer'] },
    ]);
    const rule = await json(
      `evaluation-rules create answers --evaluator quality --sampling 0.5 --filter '${filter}' --disabled`,
    );
    expect(rule).toMatchObject({ enabled: false, sampling: 0.5, filter: JSON.parse(filter) });
    expect(await json('evaluation-rules enable answers')).toMatchObject({ enabled: true });
    expect(await json('evaluation-rules list')).toMatchObject([{ id: rule.id, enabled: true }]);
    expect(await json('evaluation-rules disable answers')).toMatchObject({ enabled: false });
    const traces = await json('evaluation-rules create all --evaluator quality --target trace');
    expect(traces).toMatchObject({ target: 'trace', enabled: true });
    expect(await json('evaluation-rules log answers')).toEqual([]);
    expect(await run('evaluation-rules delete answers --yes')).toMatchObject({ code: 0 });
    expect(await json('evaluation-rules list')).toHaveLength(1);
    expect(await run('evaluation-rules create -f gone.yaml')).toMatchObject({ code: 2 });
  }, 60_000);
});
