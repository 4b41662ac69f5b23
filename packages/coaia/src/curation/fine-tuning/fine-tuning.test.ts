/** Fine-tuning jobs at a service and on this machine, by command line. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Speaks the part of the fine-tuning API that is used; keeps what it was sent. */
async function openTrainingService() {
  const seen: Seen[] = [];
  const state = { status: 'validating_files', isAway: false };
  const job = () => ({
    id: 'ftjob-1',
    object: 'fine_tuning.job',
    status: state.status,
    created_at: 1_790_000_000,
    finished_at: state.status === 'succeeded' ? 1_790_000_060 : null,
    fine_tuned_model: state.status === 'succeeded' ? 'ft:base:team::1' : null,
    trained_tokens: state.status === 'succeeded' ? 4321 : null,
    error: state.status === 'failed' ? { message: 'the examples are all alike' } : {},
    training_file: 'file-1',
    result_files: [],
  });
  const answers: Readonly<Record<string, () => unknown>> = {
    'POST /v1/files': () => ({ id: `file-${seen.length}`, purpose: 'fine-tune' }),
    'POST /v1/fine_tuning/jobs': job,
    'GET /v1/fine_tuning/jobs/ftjob-1': job,
    'POST /v1/fine_tuning/jobs/ftjob-1/cancel': () => {
      state.status = 'cancelled';
      return job();
    },
    'GET /v1/fine_tuning/jobs/ftjob-1/events': () => ({
      data: [{ created_at: 1_790_000_010, level: 'info', message: 'Step 1 of 2' }],
    }),
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const path = url.replace(/\?.*/, '');
      seen.push({ method, path, body: Buffer.concat(parts).toString('utf8') });
      const answer = state.isAway ? undefined : answers[`${method} ${path}`];
      response.writeHead(answer === undefined ? 503 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer?.() ?? { error: { message: 'away' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    state,
    url: `http://127.0.0.1:${port}/v1`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const line = (n: number) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: `question ${n}` },
      { role: 'assistant', content: `answer ${n}` },
    ],
  });
const FILE = Array.from({ length: 12 }, (_, n) => line(n)).join('\n');

/** What `--json` prints of a job, a trace or a list. */
interface Shown {
  readonly id: string;
  readonly traceId: string;
  readonly observations: readonly { readonly name: string }[];
}

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-finetune-'));
  await writeFile(join(home, 'train.jsonl'), FILE);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function run(words: string, env: Record<string, string> = {}) {
  const result = await runCoaia(words, { home, env });
  const parse = () => JSON.parse(result.stdout) as Shown;
  return { ...result, parse };
}

describe('at a service', () => {
  let service: Awaited<ReturnType<typeof openTrainingService>>;
  beforeEach(async () => {
    service = await openTrainingService();
    const flags = `--base-url ${service.url} --key-stdin`;
    await runCoaia(`models connections set trainer ${flags}`, { home, stdin: 'sk-training-key' });
  });
  afterEach(() => service.close());

  it('trains, follows, and registers the model', async () => {
    const begun = await run(
      'fuse finetune create train.jsonl -m base --suffix team --epochs 3 --json',
    );
    expect(begun).toMatchObject({ code: 0, stderr: '' });
    const { id, traceId } = begun.parse();
    expect(begun.parse()).toMatchObject({
      state: 'validating',
      exampleCount: 12,
      connection: 'trainer',
    });
    expect(service.seen.map(({ path }) => path)).toEqual(['/v1/files', '/v1/fine_tuning/jobs']);
    expect(service.seen[0]?.body).toContain('question 11');
    expect(JSON.parse(service.seen[1]?.body ?? '')).toEqual({
      model: 'base',
      training_file: 'file-1',
      suffix: 'team',
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3 } } },
    });
    const again = await run(
      'fuse finetune create train.jsonl -m base --suffix team --epochs 3 --json',
    );
    expect(again.parse().id).toBe(id);
    service.state.status = 'succeeded';
    const done = (await run(`fuse finetune status ${id} --json`)).parse();
    expect(done).toMatchObject({
      state: 'succeeded',
      resultModel: 'ft:base:team::1',
      trainedTokens: 4321,
    });
    const shown = (await run('models connections list --json')).stdout;
    expect(shown).toContain('ft:base:team::1');
    const trace = (await run(`fuse traces trace-view ${traceId} --json`)).parse();
    expect(trace).toMatchObject({ output: { state: 'succeeded', model: 'ft:base:team::1' } });
    const names = trace.observations.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['train', 'upload']);
    expect((await run('fuse finetune list')).stdout).toContain('No fine-tuning jobs found.');
    expect((await run('fuse finetune list --all')).stdout).toContain(id);
  });

  it('says when the state is the last known one, and what went wrong', async () => {
    const { id } = (await run('fuse finetune create train.jsonl -m base --json')).parse();
    service.state.isAway = true;
    const stale = (await run(`fuse finetune status ${id} --json`)).parse();
    expect(stale).toMatchObject({ state: 'validating', isStale: true });
    service.state.isAway = false;
    service.state.status = 'failed';
    const failed = await run(`fuse finetune status ${id} --json`);
    expect(failed.code).toBe(1);
    expect(failed.parse()).toMatchObject({ state: 'failed', error: 'the examples are all alike' });
    const late = await run(`fuse finetune cancel ${id} --yes`);
    expect(late).toMatchObject({ code: 1, stderr: expect.stringContaining('COAIA-2302') });
  });

  it('cancels once and again', async () => {
    const { id } = (await run('fuse finetune create train.jsonl -m base --json')).parse();
    for (const round of [1, 2])
      expect(
        (await run(`fuse finetune cancel ${id} --yes --json`)).parse(),
        String(round),
      ).toMatchObject({
        state: 'cancelled',
      });
    expect((await run(`fuse finetune events ${id}`)).stdout).toContain('Step 1 of 2');
    expect(await run(`fuse finetune promote ${id}`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('COAIA-2306'),
    });
  });

  it.each([
    ['{"messages":[]}', 'line 1 has no list'],
    [`${FILE}\nnot json`, 'line 13 is no JSON'],
    ['{"messages":[{"role":"user","content":"a"}]}', 'does not end with the assistant'],
    ['{"messages":[{"role":"human","content":"a"}]}', 'unknown role "human"'],
    [line(1), 'There are 1 examples'],
  ])('uploads nothing of a file that is wrong: %#', async (text, words) => {
    await writeFile(join(home, 'train.jsonl'), text);
    const refused = await run('fuse finetune create train.jsonl -m base');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(words) });
    expect(service.seen).toEqual([]);
  });

  it('takes the examples of a dataset', async () => {
    await run('fuse datasets create qa');
    for (let n = 0; n < 12; n++) await run(`fuse dataset-items create qa -i q${n} -e a${n}`);
    const tried = await run('fuse finetune create --dataset qa -m base --dry-run');
    expect(tried.stdout).toContain('12 examples');
    expect(service.seen).toEqual([]);
  });
});

describe('on this machine', () => {
  const train = 'cp {training} {output}/model.bin && echo trained {model}';
  it('runs the program of the owner and keeps what it made', async () => {
    const env = { COAIA_TRAINER_COMMAND: `sh -c "${train}"` };
    const begun = await run(
      'fuse finetune create train.jsonl -m base --provider local --json',
      env,
    );
    const { id } = begun.parse();
    await expect
      .poll(async () => (await run(`fuse finetune status ${id} --json`, env)).parse())
      .toMatchObject({
        state: 'succeeded',
      });
    const places = (await run(`fuse finetune artifacts ${id} --jsonl`, env)).stdout;
    const { name, place } = JSON.parse(places) as Readonly<Record<'name' | 'place', string>>;
    expect([name, await readFile(place, 'utf8')]).toEqual(['model.bin', FILE]);
    expect((await run(`fuse finetune events ${id}`, env)).stdout).toContain('trained base');
  });

  it('says how the program failed, and that none is set', async () => {
    const env = { COAIA_TRAINER_COMMAND: 'sh -c "echo no memory >&2; exit 3"' };
    const { id } = (
      await run('fuse finetune create train.jsonl -m base --provider local --json', env)
    ).parse();
    await expect
      .poll(async () => (await run(`fuse finetune status ${id} --json`, env)).parse())
      .toMatchObject({
        state: 'failed',
        error: 'exit code 3: no memory',
      });
    expect(await run('fuse finetune create train.jsonl -m base --provider local')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('COAIA-2303'),
    });
  });
});
