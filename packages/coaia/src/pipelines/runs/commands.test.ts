/** Running pipelines from the command line, in this process and in real ones that are killed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import type { PipelineRunDetail } from '@coaia/client';
import { openModelServer } from '../../models/testing/model-server.ts';
import type { ModelServer } from '../../models/testing/model-server.ts';

const PROGRAM = new URL('../../../bin/coaia.ts', import.meta.url).pathname;

let home: string;
let server: ModelServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-run-cli-'));
  server = await openModelServer();
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const coaia = (line: string, more = {}) => runCoaia(line, { home, ...more });
const connect = () => coaia(`models connections set test --base-url ${server.baseUrl} --model m`);
const json = async (line: string) => JSON.parse((await coaia(`${line} --json`)).stdout);
const save = (name: string, steps: readonly string[], variables = '') =>
  writeFileSync(
    join(home, `${name}.yaml`),
    [`name: ${name}`, 'version: 1.2.0', variables, 'steps:', ...steps, ''].join('\n'),
  );
const llm = (id: string, prompt: string, more = '') =>
  `  - {id: ${id}, name: Step ${id}, action: llm, with: {prompt: "${prompt}"}${more}}`;

test('progress goes to stderr, the result to stdout', async () => {
  await connect();
  save(
    'two',
    [
      llm('a', 'Write about {{ topic }}'),
      llm('b', 'Check {{ steps.a.output }}', ', export_as: RESULT'),
    ],
    'variables: [{name: topic}]',
  );
  const done = await coaia('pipeline run ./two.yaml --var topic rain --junit steps.xml');
  expect([done.code, done.stdout]).toEqual([
    0,
    'You said "Check You said "Write about rain", which is 3 words.", which is 10 words.\n',
  ]);
  expect(done.stderr).toMatch(/Run [\w-]+ of two 1\.2\.0\n {2}a succeeded .*\n {2}b succeeded/);
  expect(readFileSync(join(home, 'steps.xml'), 'utf8')).toMatch(
    /<testsuite name="pipeline two" tests="2" failures="0" skipped="0" .*<testcase classname="two" name="a" time="[\d.]+"\/>/s,
  );
  const { stdout } = await coaia('pipeline run ./two.yaml --var topic=rain --export-env');
  expect(stdout).toMatch(
    /^export COAIA_RUN_ID='[\w-]+'\nexport COAIA_TRACE_ID='\w+'\nexport RESULT='You said/,
  );
  const { data } = await json('pipeline runs list two');
  expect(data).toHaveLength(2);
  const shown = await coaia(`pipeline runs logs ${data[0].id} --step a`);
  expect(shown.stdout).toMatch(/^a succeeded .*\nYou said "Write about rain"/);
  expect((await coaia(`pipeline runs show ${data[0].id}`)).stdout).toContain('| a ');
});

test('what fails says why, and how to get on', async () => {
  save('two', [llm('a', 'x'), llm('b', 'y', ', needs: [a]')]);
  const failed = await coaia('pipeline run ./two.yaml --junit steps.xml');
  expect([failed.code, failed.stdout]).toEqual([1, '']);
  expect(failed.stderr).toMatch(
    /COAIA-5111: Run [\w-]+ failed at a\. COAIA-4000: .*\nFix: coaia models/s,
  );
  expect(readFileSync(join(home, 'steps.xml'), 'utf8')).toContain('<failure type="COAIA-4000"');
  await connect();
  const [{ id }] = (await json('tasks list --state failed')).data;
  const again = await coaia(`pipeline runs retry ${id}`);
  expect([again.code, again.stdout]).toEqual([0, 'You said "y", which is 1 words.\n']);
  expect((await coaia(`pipeline runs cancel ${id}`)).stderr).toContain('COAIA-0903');
});

test.each([
  ['pipeline run nothing-there', 'COAIA-5000', 1],
  ['pipeline run', 'COAIA-0002', 2],
  ['pipeline run ./none.yaml', 'COAIA-5000', 1],
  ['pipeline run simple-trace', 'COAIA-5003', undefined],
  ['pipeline run simple-trace --var trace_name=x --timeout soon', 'COAIA-0002', 2],
  ['pipeline run simple-trace --from-step x', 'COAIA-0002', 2],
  ['pipeline runs show nobody', 'COAIA-0900', 1],
  ['pipeline runs list --state lost', 'COAIA-0002', 2],
  ['pipeline allow everything', 'COAIA-0002', 2],
  ['tasks retry', 'COAIA-0002', 2],
  ['schedule show nobody', 'COAIA-0003', 1],
])('%s is refused', async (line, code, exit) => {
  const refused = await coaia(line);
  expect(refused.stderr).toContain(code);
  expect(refused.stdout).toBe('');
  if (exit !== undefined) expect(refused.code).toBe(exit);
});

test('an approval by hand, and what the project allows', async () => {
  save('ask', ['  - {id: ok, name: Ok, action: human, with: {message: "Go?"}}']);
  const id = (await coaia('pipeline run ./ask.yaml --detach')).stdout.trim();
  let heard = '';
  const working = coaia(`pipeline run --resume ${id}`, {
    onErrorOutput: (text: string) => (heard += text),
  });
  await expect
    .poll(async () => (await json(`pipeline runs show ${id}`)).approvals)
    .toEqual([{ step: 'ok', message: 'Go?' }]);
  // Who watches is asked before anybody answers.
  await expect.poll(() => heard).toContain('ok asks: Go?');
  expect((await coaia(`pipeline runs reject ${id} --comment no`)).code).toBe(0);
  expect((await working).stderr).toMatch(/ok asks: Go\?[\s\S]*COAIA-5107/);
  expect((await coaia('pipeline allow')).stdout).toBe('Allowed: nothing\n');
  expect((await coaia('pipeline allow http shell --private')).stdout).toBe(
    'Allowed: http, shell, private\n',
  );
  expect((await coaia('pipeline allow shell --off')).stdout).toBe('Allowed: http, private\n');
  expect((await coaia('pipeline actions')).stdout).toMatch(/\| shell +\| shell +\|/);
}, 20_000);

test('schedules from the command line', async () => {
  const line =
    'schedule add simple-trace --cron "0 6 * * 1-5" --tz Europe/Berlin --var trace_name=x';
  const made = await coaia(`${line} --name morning --webhook https://example.com/hook`);
  expect(made.stderr).toContain('whsec_');
  expect((await coaia('schedule list')).stdout).toContain('cron 0 6 * * 1-5 (Europe/Berlin)');
  expect((await coaia('schedule show morning')).stdout).toContain('trace_name = x');
  expect((await coaia('schedule pause morning')).code).toBe(0);
  expect((await coaia('schedule resume morning')).code).toBe(0);
  const id = (await coaia('schedule run-now morning')).stdout.trim();
  expect((await coaia(`pipeline run --resume ${id}`)).code).toBe(0);
  expect((await coaia('schedule history morning')).stdout).toContain('succeeded');
  expect((await coaia('schedule remove morning --yes')).code).toBe(0);
  expect((await coaia('schedule list')).stdout).toContain('No schedules found.');
});

test('a run that is killed goes on at the step that was not finished', async () => {
  await connect();
  save('three', [
    llm('a', 'one'),
    llm('b', 'two [[slow 1500]]', ', needs: [a]'),
    llm('c', 'three {{ steps.b.output }}'),
  ]);
  const env = { ...process.env, HOME: home, COAIA_HOME: join(home, '.coaia') };
  const words = ['pipeline', 'run', './three.yaml', '--id', 'killed'];
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: home, env, stdio: 'ignore' });
  await expect.poll(() => server.calls.length, { timeout: 20_000 }).toBe(2);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const left = (await json('pipeline runs show killed')) as PipelineRunDetail;
  expect(left.steps.map(({ state }) => state).slice(0, 1)).toEqual(['succeeded']);
  expect((await coaia('pipeline run --resume killed')).code).toBe(0);
  const asked = server.calls.map(({ body }) => String(body.messages[0].content).slice(0, 3));
  expect(asked).toEqual(['one', 'two', 'two', 'thr']);
  const run = (await json('pipeline runs show killed')) as PipelineRunDetail;
  expect(run).toMatchObject({ state: 'succeeded', attempt: 1 });
  const list = async (line: string) => {
    const answer = await json(line);
    return (answer.data ?? answer) as readonly { readonly id: string; readonly name: string }[];
  };
  expect((await list('fuse traces list')).map(({ id }) => id)).toEqual([run.traceId]);
  const seen = await list(`fuse observations list --trace-id ${run.traceId}`);
  expect(new Set(seen.map(({ name }) => name))).toEqual(new Set(['Step a', 'Step b', 'Step c']));
  expect(seen).toHaveLength(3);
}, 60_000);

test('Ctrl-C leaves the run as it is, and says how to go on', async () => {
  await connect();
  save('slow', [llm('a', 'x [[slow 700]]'), llm('b', 'y', ', needs: [a]')]);
  const stop = new AbortController();
  const working = coaia('pipeline run ./slow.yaml --id stopped', { interrupt: stop.signal });
  await expect.poll(() => server.calls.length).toBe(1);
  stop.abort();
  const { code, stderr } = await working;
  expect(code).toBe(130);
  expect(stderr).toContain('Go on with: coaia pipeline run --resume stopped');
  expect((await coaia('pipeline run --resume stopped')).stdout).toContain('You said "y"');
}, 30_000);
