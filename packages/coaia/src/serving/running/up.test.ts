import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { call } from '../hosts/testing/open-host.ts';
import { hasPython } from '../testing/fixtures.ts';
import { findRunning, isAlive, readRunState } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { stopRunning } from './stop.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/ao.ts', import.meta.url));

let root = '';
let folder = '';
let env: Record<string, string | undefined> = {};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ao-up-'));
  env = { HOME: root, COAIA_HOME: join(root, '.coaia'), PATH: process.env['PATH'] };
  mkdirSync(join(root, 'work'));
  await runCoaia('ops init cars', { cwd: join(root, 'work'), home: root, env });
  folder = join(root, 'work/cars');
});
afterAll(async () => {
  await stopRunning(folder);
  rmSync(root, { recursive: true, force: true });
});

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program in a process of its own. */
function ao(...words: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [PROGRAM, ...words],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? 1);
        resolve({ code, stdout, stderr });
      },
    );
  });
}

/** Commands that start nothing run in this process. */
const run = (line: string) => runCoaia(`ops ${line}`, { cwd: folder, home: root, env });

function running(): RunState {
  const state = findRunning(folder);
  if (state === undefined) throw new Error('nothing runs');
  return state;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1500 && !isSo(); tries++) await sleep(20);
  expect(isSo()).toBe(true);
}

const python = hasPython();
describe.skipIf(python.skip)(`the service of a project${python.note}`, () => {
  test('nothing runs: call says how to start it, down and ps are content', async () => {
    const { code, stderr } = await run('call --wt 1 --hp 2');
    expect([code, stderr.includes('AO623: cars is not running.')]).toEqual([1, true]);
    expect((await run('down')).stdout).toBe('cars was not running.\n');
    expect((await run('ps')).stdout).toBe('cars is not running. Start it with: ao up\n');
  });

  test('--detach returns when a prediction is possible; call, smoke and ps talk to it', async () => {
    const { stdout, stderr, code } = await ao('run', 'up', '--detach', '--port', '0');
    expect(stderr).toContain('Try: ao call --wt 2.62 --hp 110');
    expect(stdout).toMatch(/^api-service {4}http:\/\/127\.0\.0\.1:\d+ {2}ready in \d+\.\d s\n$/);
    expect(code).toBe(0);
    const called = await run('run call --wt 2.62 --hp 110');
    expect(called.stdout).toMatch(/^prediction {2}23\.57\d+\n$/);
    expect((await run('smoke')).stdout).toBe('3 of 3 examples answered.\n');
    expect(JSON.parse((await run('ps --json')).stdout)).toMatchObject({
      url: running().url,
      processes: [{ name: 'gateway', state: 'ready', restarts: 0 }],
    });
    const wrong = await run('call --wt heavy --hp 110');
    expect([wrong.code, wrong.stderr.includes('AO422')]).toEqual([1, true]);
  });

  test('a second one is refused with the address of the first', async () => {
    const { code, stderr } = await ao('up', '--detach');
    expect(code).toBe(1);
    expect(stderr).toContain(`AO620: cars runs already: ${running().url}.`);
  });

  test('a killed gateway comes back at the same address', async () => {
    const before = running();
    const [gateway] = before.children;
    process.kill(gateway?.pid ?? 0, 'SIGKILL');
    await until(() => readRunState(folder)?.children[0]?.restarts === 1);
    await until(() => readRunState(folder)?.children[0]?.state === 'ready');
    expect(running().url).toBe(before.url);
    expect((await run('call --wt 2.62 --hp 110')).code).toBe(0);
    expect((await run('logs')).stdout).toContain('cars stands as version 1');
  });

  test('when the supervisor is killed nothing is left', async () => {
    const { supervisor, children } = running();
    process.kill(supervisor.pid, 'SIGKILL');
    await until(() => children.every((child) => !isAlive(child)));
    expect((await run('ps')).stdout).toContain('is not running');
  });

  test('over two processes, and down ends both; what cannot start says why', async () => {
    env = { ...env, AO_LINK_ADDRESS: '127.0.0.1:0' };
    writeFileSync(join(folder, 'model-service/model.py'), 'def predict(:\n');
    const own = ['--link', 'grpc', '--no-reload'];
    const { stdout, stderr } = await ao('up', '-d', '--port', '0', ...own);
    expect(stderr).toMatch(/cars as it stands is NOT served: .*\n.*ersion 1 from before answers/);
    expect(stdout).toMatch(/^model-service {2}127\.0\.0\.1:\d+ {2}ready\napi-service /);
    const { children, url = '' } = running();
    const gateway = readFileSync(`/proc/${children[1]?.pid}/cmdline`, 'utf8').split('\0');
    expect(gateway).toContain('--link-address');
    expect(gateway).not.toContain('--watch');
    expect((await run('call')).stdout).toMatch(/^prediction {2}23\.57/);
    const ids = await askBothWays(String(children[0]?.ready?.address), url);
    const other = join(root, 'work/other');
    await runCoaia('ops init other', { cwd: join(root, 'work'), home: root, env });
    const cars = folder;
    folder = other;
    const busy = await ao('up', '-d', '--port', new URL(url).port);
    expect(busy.stderr).toContain(new URL(url).port);
    expect(busy.code).toBeGreaterThan(0);
    folder = cars;
    expect((await run('down')).stdout).toBe('Stopped cars.\n');
    expect(children.filter((child) => isAlive(child))).toEqual([]);
    // Both have written what they remembered: each request once, whoever asked whom.
    const { stdout: log } = await run('predictions --json --limit 200');
    const kept = JSON.parse(log) as readonly { readonly requestId: string }[];
    const asked = kept.filter(({ requestId }) => ids.includes(requestId));
    expect(asked.map(({ requestId }) => requestId).toSorted()).toEqual(ids.toSorted());
  }, 120_000);
});

/** Ten requests through the gateway, and five past it. Answers their ids. */
async function askBothWays(host: string, gateway: string): Promise<readonly string[]> {
  const row = JSON.stringify({ wt: 2.62, hp: 110 });
  const through = Array.from({ length: 10 }, async (_, index) => {
    const headers = { 'content-type': 'application/json', 'x-request-id': `through-${index}` };
    const { status } = await fetch(`${gateway}/predict`, { method: 'POST', headers, body: row });
    expect(status).toBe(200);
    return `through-${index}`;
  });
  const past = Array.from({ length: 5 }, async (_, index) => {
    const request = { inputData: row, requestId: `past-${index}` };
    await call(host, ['anops.AnOps', 'Predict'], request);
    return request.requestId;
  });
  return Promise.all([...through, ...past]);
}
