import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runLocked } from './lock.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coaia-lock-'));
  lock = join(folder, 'x.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isTaken = () => lstatSync(lock, { throwIfNoEntry: false }) !== undefined;

/** A process that runs this code with the lock's module; resolves with its exit code. */
async function child(code: string): Promise<number | null> {
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'));
  const source = `import { runLocked } from ${module}; import * as fs from 'node:fs'; const lock = ${JSON.stringify(lock)}; ${code}`;
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
  const [exit] = (await once(process_, 'exit')) as [number | null];
  return exit;
}

test('is held during the work and given back, also after a failure', () => {
  expect(runLocked(lock, () => isTaken())).toBe(true);
  expect(isTaken()).toBe(false);
  expect(() =>
    runLocked(lock, () => {
      throw new Error('failed');
    }),
  ).toThrow('failed');
  expect(isTaken()).toBe(false);
});

test('many processes that add one by one lose nothing', async () => {
  const file = join(folder, 'count');
  writeFileSync(file, '0');
  const code = `for (let i = 0; i < 20; i++) runLocked(lock, () => fs.writeFileSync(${JSON.stringify(file)}, String(Number(fs.readFileSync(${JSON.stringify(file)}, 'utf8')) + 1)));`;
  expect(await Promise.all(Array.from({ length: 6 }, () => child(code)))).toEqual([
    0, 0, 0, 0, 0, 0,
  ]);
  expect(readFileSync(file, 'utf8')).toBe('120');
});

test('a lock left by a killed process is broken', async () => {
  await child(`runLocked(lock, () => process.kill(process.pid, 'SIGKILL'));`);
  expect(isTaken()).toBe(true);
  expect(runLocked(lock, () => 'mine')).toBe('mine');
});

test('a later process with the same id is not taken for the owner', () => {
  symlinkSync(`${hostname()}:${process.pid}:1`, lock);
  expect(runLocked(lock, () => 'mine')).toBe('mine');
});

test('many processes break one dead lock together without two of them holding it', async () => {
  await child(`runLocked(lock, () => process.kill(process.pid, 'SIGKILL'));`);
  const file = join(folder, 'inside');
  const code = `runLocked(lock, () => { fs.writeFileSync(${JSON.stringify(file)}, '', { flag: 'wx' }); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); fs.unlinkSync(${JSON.stringify(file)}); });`;
  const codes = await Promise.all(Array.from({ length: 8 }, () => child(code)));
  expect(codes).toEqual(Array.from({ length: 8 }, () => 0));
});
