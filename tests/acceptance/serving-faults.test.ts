/** What goes wrong, through the whole service: every fault has its sentence, and the next call works. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPython, makeSklearnModel } from '../../packages/coaia/src/serving/testing/fixtures.ts';
import { openDesk } from './serving.ts';
import type { Desk } from './serving.ts';

const python = hasPython();

/** Doubles a number, and has one fault at some of them; fails on a missing value. */
const CODE = `"""Doubles a number."""
import os
import time


def predict(x: float) -> float:
    """Double."""
    if x == 9:
        os.kill(os.getpid(), 9)
    while x == 8:
        time.sleep(0.01)
    if x == 7:
        rows = []
        while True:
            rows.append(bytes(100_000_000))
    if x == 6:
        print("a line of the model\\n" * 50_000)
    return x * 2
`;
const SETTINGS =
  '[model]\ntimeout_ms = 1000\non_na = "pass"\n\n[model.inputs.x]\nnullable = true\n';

async function makeMoody(desk: Desk): Promise<void> {
  expect(await desk.ao(['init', 'moody', '--lang', 'python'])).toMatchObject({ code: 0 });
  const at = (path: string) => join(desk.folder, 'moody', path);
  writeFileSync(at('model-service/model.py'), CODE);
  writeFileSync(at('model-service/examples.csv'), 'x\n1\n2\n');
  writeFileSync(at('ao.toml'), `[project]\nname = "moody"\n\n${SETTINGS}`);
}

async function start(desk: Desk): Promise<string> {
  const up = await desk.ao(['up', '--detach', '--json', '--port', '0'], 'moody');
  expect(up, up.stderr).toMatchObject({ code: 0 });
  return (JSON.parse(up.stdout) as { readonly url: string }).url;
}

async function ask(url: string, x: unknown, path = '/predict') {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof x === 'string' ? x : JSON.stringify({ x }),
  });
  const text = await response.text();
  // Nothing of how the service or the model is written reaches a caller.
  expect(text).not.toMatch(/Traceback|model\.py|node:|\.ts\b|\.js:|\bat \w+ \(|TypeError/);
  const { predictions, error } = JSON.parse(text) as {
    readonly predictions?: readonly unknown[];
    readonly error?: { readonly code: string; readonly message: string; readonly trace_id: string };
  };
  const { status, headers } = response;
  const id = headers.get('x-trace-id') ?? '';
  return { status, retry: headers.get('retry-after'), predictions, error, trace_id: id };
}

/** Every process below this one, as far down as they go. */
function findBelow(pid: number): readonly number[] {
  const listed = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  const children = listed.stdout.split('\n').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...findBelow(child)]);
}

const isAlive = (pid: number) => spawnSync('ps', ['-p', String(pid)]).status === 0;

describe.skipIf(python.skip)(`faults of a running service${python.note}`, () => {
  let desk: Desk;
  let url = '';
  const readLog = () => readFileSync(join(desk.folder, 'moody/.ao/logs/gateway.log'), 'utf8');

  beforeAll(async () => {
    desk = openDesk();
    await makeMoody(desk);
    url = await start(desk);
  });
  afterAll(() => desk.close());

  it.each([
    ['is killed', 9, 503, 'AO452', 'moody (version 1) cannot answer: its worker was killed', '1'],
    ['never returns', 8, 504, 'AO454', 'did not answer in time', null],
    ['takes memory without end', 7, 500, 'AO450', 'of memory for these rows', null],
    [
      'fails on a missing value',
      null,
      500,
      'AO450',
      'moody (version 1) failed on these rows',
      null,
    ],
  ])('a model that %s', async (...[, x, status, code, words, retry]) => {
    const refused = await ask(url, x);
    expect(refused).toMatchObject({ status, retry, error: { code } });
    expect(refused.error?.message).toContain(words);
    expect(await ask(url, 2)).toMatchObject({ status: 200, predictions: [4] });
  });

  it('a model that prints a megabyte answers, and its lines are in the log', async () => {
    expect(await ask(url, 6)).toMatchObject({ status: 200, predictions: [12] });
    const count = () => readLog().split('"a line of the model"').length - 1;
    await expect.poll(count).toBe(50_000);
    expect(await ask(url, 2)).toMatchObject({ status: 200, predictions: [4] });
  });

  it('the reason that callers do not get is in the log and in the trace', async () => {
    const { trace_id: id } = await ask(url, null);
    await expect.poll(readLog).toMatch(/TypeError[^]*model\.py/);
    const read = async () =>
      (await desk.coaia(['fuse', 'traces', 'trace-view', id, '--json'])).stdout;
    await expect.poll(read).toMatch(/TypeError[^]*model\.py/);
  });

  it.each([
    ['text that is no JSON', '{"x": ', '/predict', 400, 'AO410'],
    ['a list of nothing useful', '[[[1]]]', '/predict', 422, 'AO422'],
    ['another field', '{"y": 1}', '/predict', 422, 'AO422'],
    ['no such address', '{}', '/nowhere', 404, 'AO412'],
    ['no such model', '{"x": 1}', '/v1/models/other/predict', 404, 'AO404'],
  ])('a request with %s', async (_, body, path, status, code) => {
    expect(await ask(url, body, path)).toMatchObject({ status, error: { code } });
  });

  it('a port that is taken: exit code 1, who and where, and a command that works', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const other = await desk.ao(['init', 'other', '--lang', 'python']);
    expect(other.code).toBe(0);
    const refused = await desk.ao(['up', '--detach', '--port', String(port)], 'other');
    server.close();
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      `Error AO423: Port ${port} on 127.0.0.1: taken by another program.\nFix: ao run up --port 0`,
    );
  });

  it('kill -9 of the one that watches leaves nothing behind', async () => {
    const state = readFileSync(join(desk.folder, 'moody/.ao/run.json'), 'utf8');
    const { supervisor } = JSON.parse(state) as { readonly supervisor: { readonly pid: number } };
    const below = findBelow(supervisor.pid);
    expect(below.length).toBeGreaterThan(1);
    process.kill(supervisor.pid, 'SIGKILL');
    await expect.poll(() => below.filter(isAlive)).toEqual([]);
    const shown = await desk.ao(['ps'], 'moody');
    expect(shown.stdout).toContain('moody is not running');
  });
});

describe.skipIf(python.skip)(`models that do not fit this computer${python.note}`, () => {
  let desk: Desk;
  beforeAll(() => {
    desk = openDesk();
  });
  afterAll(() => desk.close());

  it('an interpreter that is none: AO301, and which one has what is needed', async () => {
    await makeMoody(desk);
    const settings = SETTINGS.replace('[model]', '[model]\npython = "/bin/false"');
    writeFileSync(join(desk.folder, 'moody/ao.toml'), `[project]\nname = "moody"\n\n${settings}`);
    for (const words of [
      ['up', '--detach', '--port', '0'],
      ['check', '--json'],
    ]) {
      const { code, stdout, stderr } = await desk.ao(words, 'moody');
      expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(/AO301[^]*python3/)]);
    }
  });

  it('a pickle of another version: AO302 names both, and it answers', async () => {
    const file = makeSklearnModel(desk.folder, 'skewed');
    const made = await desk.ao(['init', 'skew', '--from', file]);
    const words =
      /AO302 skewed\.joblib was saved by scikit-learn 0\.24\.2; this environment has [\d.]+\. Predictions may differ/;
    expect([made.code, made.stderr]).toEqual([0, expect.stringMatching(words)]);
  });
});

/** Home, project, store and logs on a disk of 40 MB, which only root can have made. */
function mountSmall(folder: string): boolean {
  return (
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', folder]).status === 0
  );
}

describe.skipIf(python.skip)(`a service on a full disk${python.note}`, () => {
  let desk: Desk;
  let isMounted = false;
  beforeAll(() => {
    desk = openDesk();
    isMounted = mountSmall(desk.folder);
  });
  afterAll(async () => {
    await desk.ao(['down'], isMounted ? 'moody' : '.');
    if (isMounted) spawnSync('umount', ['-l', desk.folder]);
    await desk.close();
  });

  it('predicts, counts what it cannot write, and goes on', async ({ skip }) => {
    skip(!isMounted, 'not run: needs root to mount a tmpfs');
    mkdirSync(desk.home);
    await makeMoody(desk);
    const url = await start(desk);
    const askMany = async () => {
      for (let x = 10; x < 90; x++)
        expect(await ask(url, x)).toMatchObject({ status: 200, predictions: [2 * x] });
    };
    await askMany();
    const filler = join(desk.folder, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    await askMany();
    await sleep(1200);
    await askMany();
    // Calls are written down before they are made, so this one may find no room, and says so.
    const called = await desk.ao(['call', '--x', '4'], 'moody');
    expect(called.stdout + called.stderr).toMatch(
      /^(prediction {2}8|Error COAIA-0009: The disk is full)/,
    );
    rmSync(filler);
    await sleep(300);
    await askMany();
    const log = () => readFileSync(join(desk.folder, 'moody/.ao/logs/gateway.log'), 'utf8');
    await expect.poll(log).toMatch(/\d+ lines were lost/);
    // No half line; the 200 newest predictions, of which most were answered while the disk was full, are there.
    for (const line of log().trim().split('\n')) expect(() => void JSON.parse(line)).not.toThrow();
    const count = async () => {
      const { stdout } = await desk.ao(['predictions', '--limit', '200', '--json'], 'moody');
      return (JSON.parse(stdout) as readonly unknown[]).length;
    };
    await expect.poll(count).toBe(200);
    expect(readdirSync(join(desk.folder, 'moody'))).toContain('ao.toml');
  });
});
