import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toReadyLine } from './child-contract.ts';
import type { ChildSpec } from './child-process.ts';
import { openLogFile, toLogPath } from './log-file.ts';
import { renderLogLine } from './log-line.ts';
import {
  claimRun,
  clearRunState,
  findRunning,
  isAlive,
  markProcess,
  readRunState,
  signalProcess,
  toStatePath,
} from './run-state.ts';
import { supervise } from './supervise.ts';
import type { Supervisor } from './supervise.ts';

let folder = '';
let running: Supervisor | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ao-run-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const TIMES = { backOffMs: 5, healthyMs: 60_000, startMs: 5000, graceMs: 2000 };
const READY = JSON.stringify(toReadyLine({ address: 'http://127.0.0.1:1' }));
/** Ends with its stdin and on SIGTERM, as children do. */
const LIVES = `process.stdin.resume().on('end', () => process.exit(0)); process.on('SIGTERM', () => process.exit(0));`;

function spec(code: string, name = 'gateway'): ChildSpec {
  return {
    name,
    toLine: (before) => [process.execPath, '-e', code, String(before?.address)],
    env: process.env,
    cwd: folder,
  };
}

async function start(...codes: readonly string[]): Promise<Supervisor> {
  const state = claimRun(folder, 'churn');
  running = await supervise({
    folder,
    state,
    children: codes.map((code) => () => spec(code)),
    times: TIMES,
  });
  return running;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1500 && !isSo(); tries++) await sleep(10);
  expect(isSo()).toBe(true);
}

const readLog = () => {
  const path = toLogPath(folder, 'gateway');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
const child = () => readRunState(folder)?.children[0];

test('is ready when the child says so, and stops it', async () => {
  const { stop, ready } = await start(
    `process.stdout.write(${READY}); console.log('hello'); ${LIVES}`,
  );
  expect(ready).toEqual([{ address: 'http://127.0.0.1:1' }]);
  const state = findRunning(folder);
  expect(state).toMatchObject({ state: 'ready', url: 'http://127.0.0.1:1', project: 'churn' });
  const mark = state?.children[0] ?? markProcess(0);
  expect(isAlive(mark)).toBe(true);
  await until(() => readLog() === 'hello\n');
  await stop();
  expect(isAlive(mark)).toBe(false);
});

test('a child that cannot start says why in its own words and with its own exit code', async () => {
  const said = JSON.stringify({
    error: 'Port 80 is taken.',
    code: 'AO412',
    hint: 'ao run up --port 81',
  });
  await expect(
    start(`console.error(${JSON.stringify(said)}); process.exit(3)`),
  ).rejects.toMatchObject({
    code: 'AO412',
    message: 'Port 80 is taken.',
    hint: 'ao run up --port 81',
    definition: { exit: 3 },
  });
  await expect(start(`console.error('boom'); process.exit(9)`)).rejects.toMatchObject({
    code: 'AO622',
    message: 'The gateway did not start (exit code 9). It said:\nboom',
  });
});

test('a crash is followed by a new start that knows the old address', async () => {
  await start(`process.stdout.write(${READY}); console.log('before ' + process.argv[1]); ${LIVES}`);
  const first = child()?.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await until(() => child()?.state === 'ready' && child()?.pid !== first);
  expect(child()?.restarts).toBe(1);
  await until(() => readLog().endsWith('before http://127.0.0.1:1\n'));
});

test('Ctrl-C while it starts ends it at once', async () => {
  const stop = new AbortController();
  const started = supervise({
    folder,
    state: claimRun(folder, 'churn'),
    children: [() => spec(LIVES)],
    times: TIMES,
    signal: stop.signal,
  });
  await until(() => (child()?.pid ?? 0) > 0);
  const mark = child() ?? markProcess(0);
  stop.abort(new Error('stopped'));
  await expect(started).rejects.toThrow('stopped');
  expect(isAlive(mark)).toBe(false);
});

test('no mark stands for a group of processes', () => {
  for (const pid of [0, -1, 1.5]) expect(isAlive({ pid, start: null })).toBe(false);
});

test('what callers sent does not steer the terminal', () => {
  const line = JSON.stringify({ ts: 'T', level: 'warn', msg: 'no model \u001B[2J\n12:00 info ok' });
  expect(renderLogLine('gateway', line)).toBe('warn gateway no model  [2J\n    12:00 info ok');
});

test('after five crashes in a row it is given up, and what else runs is stopped', async () => {
  const { ended } = await start(
    `process.stdout.write(${READY}); ${LIVES}`,
    `process.stdout.write(${READY}); console.error('no luck'); setTimeout(() => process.exit(7), 5)`,
  );
  const error = await ended;
  expect(error).toMatchObject({ code: 'AO621' });
  expect(error?.message).toMatch(/^The gateway crashed 5 times in a row .*exit code 7.*\nno luck/s);
  await until(
    () =>
      readRunState(folder)
        ?.children.map(({ state }) => state)
        .join(',') === 'stopped,failed',
  );
});

test('no child is left when the supervisor is killed', async () => {
  const line = (words: string) => JSON.stringify(words);
  const url = (file: string) => line(new URL(file, import.meta.url).href);
  const code = `
    const { supervise } = await import(${url('./supervise.ts')});
    const { claimRun } = await import(${url('./run-state.ts')});
    const folder = ${line(folder)};
    await supervise({ folder, state: claimRun(folder, 'churn'), children: [() => ({
      name: 'gateway', cwd: folder, env: process.env,
      toLine: () => [process.execPath, '-e', ${line(`process.stdout.write(${READY}); ${LIVES}`)}],
    })] });`;
  const supervisor = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: 'ignore',
  });
  await until(() => readRunState(folder)?.state === 'ready');
  const mark = child() ?? markProcess(0);
  expect(isAlive(mark)).toBe(true);
  supervisor.kill('SIGKILL');
  await until(() => !isAlive(mark));
  expect(findRunning(folder)).toBeUndefined();
});

test('a second supervisor is refused with the address of the first; a dead one is replaced', async () => {
  const state = claimRun(folder, 'churn');
  const other = spawn(process.execPath, ['-e', LIVES]);
  const supervisor = markProcess(other.pid ?? 0);
  writeFileSync(
    toStatePath(folder),
    JSON.stringify({ ...state, url: 'http://127.0.0.1:5', supervisor }),
  );
  expect(() => claimRun(folder, 'churn')).toThrow(
    expect.objectContaining({ code: 'AO620', message: 'churn runs already: http://127.0.0.1:5.' }),
  );
  // The same id with another start time is another process.
  const stranger = { ...supervisor, start: 'boot:1' };
  expect(signalProcess(stranger, 'SIGKILL')).toBe(false);
  expect(isAlive(supervisor)).toBe(true);
  writeFileSync(toStatePath(folder), JSON.stringify({ ...state, supervisor: stranger }));
  expect(claimRun(folder, 'churn').supervisor.pid).toBe(process.pid);
  expect(signalProcess(supervisor, 'SIGKILL')).toBe(true);
  clearRunState(folder);
  expect(findRunning(folder)).toBeUndefined();
});

test('logs are rotated, and a log that cannot be written loses lines but stops nobody', async () => {
  const path = toLogPath(folder, 'gateway');
  const log = openLogFile(path, 100);
  for (let line = 0; line < 40; line++) log.write(`line number ${line}`);
  log.close();
  expect(readdirSync(join(folder, '.ao/logs')).toSorted()).toEqual(
    ['', '.1', '.2', '.3'].map((end) => `gateway.log${end}`),
  );
  expect(statSync(path).size).toBeLessThanOrEqual(100);
  const full = openLogFile('/dev/full');
  full.write('x');
  full.write('y');
  await until(() => full.lost() === 2);
  full.close();
});
