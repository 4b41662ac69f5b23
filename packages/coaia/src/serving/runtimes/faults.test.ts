/** What goes wrong with workers, and what callers hear of it. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPython, RSCRIPT } from '../testing/fixtures.ts';
import { closeVersions, field, makeFolder, openVersion, toBatch } from './testing/versions.ts';
import type { MakeOptions } from './testing/versions.ts';

const { skip, note } = hasPython();
const inputs = [field('x')];
const open = (options: Partial<MakeOptions>) => {
  const made = openVersion({ language: 'python', inputs, ...options });
  const call = (x: number | null, more: { deadline?: number; signal?: AbortSignal } = {}) =>
    made.runtime.predict(toBatch(inputs, [{ x }]), { requestId: `x${x}`, ...more });
  return { ...made, call };
};
const MB = 1024 * 1024;

/** Dies at 9, hangs at 8, eats all memory at 7, fails on a missing value, sleeps half a second at 6. */
const MOODY = `import os, time
def predict(x):
    if x == 9:
        os.kill(os.getpid(), 9)
    while x == 8:
        pass
    if x == 7:
        rows = []
        while True:
            rows.append(bytearray(10_000_000))
    if x == 6:
        time.sleep(0.5)
    return x * 2
`;

const readProcesses = () =>
  execFileSync('ps', ['-eo', 'pid,ppid'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));

/** Processes below those that are named, as far down as they go. */
function findBelow(pids: readonly number[]): readonly number[] {
  const below = readProcesses()
    .filter(([, ppid]) => pids.includes(ppid ?? 0))
    .flatMap(([pid]) => (pid === undefined ? [] : [pid]));
  return below.length === 0 ? [] : [...below, ...findBelow(below)];
}

const findAlive = (pids: readonly number[]) =>
  readProcesses().flatMap(([pid]) => (pid !== undefined && pids.includes(pid) ? [pid] : []));

describe.skipIf(skip)(`faults of workers${note}`, () => {
  afterAll(closeVersions);

  it('a worker that is lost: AO452 with Retry-After, and the next call works', async () => {
    const { call, runtime, lines } = open({ code: MOODY });
    expect((await call(1)).outputs[0]?.data[0]).toBe(2);
    await expect(call(9)).rejects.toMatchObject({
      code: 'AO452',
      message:
        'cars (version 3) cannot answer: its worker was killed, as the system does when memory runs out.',
      headers: { 'Retry-After': '1' },
    });
    expect((await call(2)).outputs[0]?.data[0]).toBe(4);
    expect(runtime.health()).toMatchObject({ state: 'ready', workers: 1, restarts: 1 });
    expect(lines.some((line) => line.text.startsWith('A worker was killed'))).toBe(true);
  });

  it('a worker that never returns: AO454 at the deadline, ended and replaced', async () => {
    const { call } = open({ code: MOODY, manifest: { timeoutMs: 400 } });
    await call(1, { deadline: Date.now() + 10_000 });
    await expect(call(8)).rejects.toMatchObject({ code: 'AO454' });
    const next = await call(2, { deadline: Date.now() + 10_000 });
    expect(next.outputs[0]?.data[0]).toBe(4);
  });

  it.each([
    ['python', MOODY],
    [
      'r',
      'predict <- function(x) { all <- list()\n while (x == 7) all[[length(all) + 1]] <- numeric(1e6) + 1\n x * 2 }',
    ],
  ] as const)(
    'memory without end ends the worker alone, in one sentence: %s',
    async (language, code) => {
      const { call } = open({ language, code, memoryBytes: 400 * MB });
      await call(1);
      await expect(call(7)).rejects.toMatchObject({
        code: 'AO450',
        message:
          'cars (version 3) needed more than 400 MB of memory for these rows; its worker was replaced.',
      });
      const ends = await Promise.allSettled([2, 7, 3].map((x) => call(x)));
      const states = ends.map((end) => end.status);
      expect(states).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    },
  );

  it('a model that crashes on a missing value says so for that row', async () => {
    const { call } = open({ code: MOODY });
    await expect(call(null)).rejects.toMatchObject({
      code: 'AO450',
      cause: { row: 0, message: expect.stringContaining('TypeError') as string },
    });
  });

  it('answers of the wrong length are failures; NaN and infinity are answers', async () => {
    const code = `def predict(df):\n    return [1.0] if len(df) > 1 else [float("inf") * (df.x[0] or float("nan"))]\n`;
    const { call, runtime } = open({ code, manifest: { style: 'table' } });
    const two = runtime.predict(toBatch(inputs, [{ x: 1 }, { x: 2 }]), { requestId: 'two' });
    await expect(two).rejects.toMatchObject({
      code: 'AO450',
      cause: { message: 'prediction has 1 values for 2 rows' },
    });
    expect((await call(1)).outputs[0]?.data[0]).toBe(Infinity);
    expect((await call(0)).outputs[0]?.data[0]).toBeNaN();
  });

  it('an answer larger than a frame may be ends the worker, not us', async () => {
    const code = 'def predict(x):\n    return "a" * int(x)\n';
    const { call } = open({ code });
    await expect(call(270 * MB)).rejects.toMatchObject({
      code: 'AO450',
      cause: { message: expect.stringContaining('is more than') as string },
    });
    expect((await call(3)).outputs[0]?.data[0]).toBe('aaa');
  });

  it('five workers lost in a row are enough for a while: AO643', async () => {
    const { call, runtime, lines } = open({ code: MOODY, restMs: 1500 });
    for (let count = 0; count < 5; count++)
      await expect(call(9)).rejects.toMatchObject({ code: 'AO452' });
    await expect.poll(() => runtime.health().state).toBe('failed');
    expect(runtime.health().reason).toContain('5 workers of cars (version 3) ended in a row');
    await expect(call(1)).rejects.toMatchObject({ code: 'AO452' });
    expect(lines.at(-1)?.text).toContain('none is started for now');
    await expect
      .poll(() =>
        call(1).then(
          () => 'answered',
          () => 'refused',
        ),
      )
      .toBe('answered');
    expect(runtime.health()).toMatchObject({ state: 'ready', workers: 1 });
  });

  it('a full queue refuses at once, an impatient or vanished caller leaves it', async () => {
    const { call, runtime } = open({
      code: MOODY,
      manifest: { maxQueue: 2, batch: { enabled: false, maxRows: 1, maxWaitMs: 0 } },
    });
    await runtime.ready();
    const slow = call(6);
    await expect.poll(() => runtime.health().busy).toBe(1);
    const gone = new AbortController();
    const late = call(1, { deadline: Date.now() + 50 });
    const left = call(1, { signal: gone.signal });
    await expect(call(1)).rejects.toMatchObject({ code: 'AO429', headers: { 'Retry-After': '1' } });
    gone.abort(new Error('the caller is gone'));
    await expect(left).rejects.toThrow('the caller is gone');
    await expect(late).rejects.toMatchObject({ code: 'AO454' });
    expect((await slow).outputs[0]?.data[0]).toBe(12);
    expect((await call(1)).timings.batchRows).toBe(1);
  });

  it('draining answers what was asked and takes nothing new', async () => {
    const { call, runtime } = open({ code: MOODY, manifest: { workers: 2 } });
    await runtime.ready();
    const asked = call(6);
    const drained = runtime.drain();
    await expect(call(1)).rejects.toMatchObject({ code: 'AO452' });
    expect((await asked).outputs[0]?.data[0]).toBe(12);
    await drained;
    expect(runtime.health().workers).toBe(0);
  });

  it.each([
    ['/no/such/python3', 'AO640', 'there is no such file'],
    ['/bin/false', 'AO640', 'cannot be used as Python'],
  ])('the interpreter %s: %s', async (interpreter, code, words) => {
    const { call, runtime } = open({ code: MOODY, interpreter });
    await expect(runtime.ready()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
    expect(runtime.health()).toMatchObject({ state: 'failed' });
    await expect(call(1)).rejects.toMatchObject({ code: 'AO452' });
  });

  it.each([
    [
      'import no_such_package\n',
      'AO641',
      'needs the package no_such_package, which /usr/bin/python3',
    ],
    ['def other(x): return x\n', 'AO645', 'model.py has no function named predict'],
    ['def predict(x) return x\n', 'AO645', 'SyntaxError'],
    [
      'import os\nos._exit(4)\n',
      'AO640',
      'ended with exit code 4 before cars (version 3) was loaded',
    ],
  ])('code that cannot be used: %j', async (code, wanted, words) => {
    const { runtime } = open({ code });
    await expect(runtime.ready()).rejects.toMatchObject({
      code: wanted,
      message: expect.stringContaining(words) as string,
    });
  });

  it('the package of a fitted object is missing: AO641', async () => {
    const folder = makeFolder();
    const save = `saveRDS(structure(list(), class = "workflow"), "${folder}/model.rds")`;
    execFileSync(RSCRIPT, ['--vanilla', '-e', save]);
    const r = open({ language: 'r', folder, manifest: { artifact: 'model.rds' } });
    await expect(r.runtime.ready()).rejects.toMatchObject({
      code: 'AO641',
      message: expect.stringContaining('needs the package workflows') as string,
    });
    writeFileSync(join(folder, 'model.skops'), '');
    const python = open({ folder, manifest: { artifact: 'model.skops' } });
    await expect(python.runtime.ready()).rejects.toMatchObject({
      code: 'AO641',
      hint: '/usr/bin/python3 -m pip install skops',
    });
  });

  it('closing does not wait for a load that never ends, and says nothing false', async () => {
    const { call, runtime, lines } = open({
      code: 'while True:\n    pass\n',
      manifest: { workers: 2 },
    });
    const waiting = call(1);
    await expect.poll(() => runtime.health().state).toBe('loading');
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'AO452' }), runtime.close()]);
    expect(lines).toEqual([]);
  });

  it('two workers work at the same time', async () => {
    const batch = { enabled: false, maxRows: 1, maxWaitMs: 0 };
    const { call, runtime } = open({ code: MOODY, manifest: { workers: 2, batch } });
    await runtime.ready();
    await expect.poll(() => runtime.health().workers).toBe(2);
    const calls = [call(6), call(6)];
    await expect.poll(() => runtime.health().busy).toBe(2);
    await Promise.all(calls);
  });

  it('a package of R that is missing: AO641', async () => {
    const { runtime } = open({ language: 'r', code: 'library(no.such)\npredict <- function(x) x' });
    await expect(runtime.ready()).rejects.toMatchObject({
      code: 'AO641',
      message: 'cars (version 3) needs the package no.such, which /usr/bin/Rscript does not have.',
    });
  });

  it.each([
    ['python', 'model.joblib'],
    ['r', 'model.rds'],
  ] as const)('a file of %s that cannot be opened: AO642', async (language, artifact) => {
    const folder = makeFolder();
    writeFileSync(join(folder, artifact), 'damaged');
    const { runtime } = open({ language, folder, manifest: { artifact } });
    await expect(runtime.ready()).rejects.toMatchObject({
      code: 'AO642',
      message: expect.stringContaining(
        `${artifact} of cars (version 3) cannot be opened`,
      ) as string,
    });
  });

  it.each([
    ['plain', 'idle'],
    ['plain', 'busy'],
    ['box', 'busy'],
  ])('no worker outlives a parent that is killed: %s, %s', async (box, state) => {
    const folder = makeFolder();
    const script = fileURLToPath(new URL('./testing/open-and-wait.ts', import.meta.url));
    const parent = spawn(process.execPath, [script, folder, box, state], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const left = () => findAlive(workers);
    const workers = findBelow([parent.pid ?? 0]);
    expect(workers.length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await expect.poll(left).toEqual([]);
  });
});
