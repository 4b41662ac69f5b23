import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openServerLock, readServerLock } from './server-lock.ts';
import { openTemporaryFolder } from './testing/temporary-folder.ts';

const at = openTemporaryFolder();
function createHome(name: string): string {
  const home = at(name);
  mkdirSync(home);
  return home;
}
const readFile = (home: string) =>
  JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as Record<string, unknown>;
const writeFile = (home: string, content: object) =>
  writeFileSync(join(home, 'server.json'), JSON.stringify(content));

test('a lock is taken, published and released', () => {
  const home = createHome('one');
  expect(readServerLock(home)).toBeUndefined();
  const lock = openServerLock(home);
  expect(readServerLock(home)).toMatchObject({ pid: process.pid, url: null, port: null });
  lock.publish({ url: 'http://127.0.0.1:4711', port: 4711 });
  expect(readServerLock(home)).toMatchObject({ url: 'http://127.0.0.1:4711', port: 4711 });
  expect(statSync(join(home, 'server.json')).mode & 0o777).toBe(0o600);
  lock.release();
  expect(readServerLock(home)).toBeUndefined();
  expect(readdirSync(home)).toEqual([]);
});

test('a second claim on the same home names the first one', () => {
  const home = createHome('two');
  const lock = openServerLock(home);
  lock.publish({ url: 'http://127.0.0.1:4712', port: 4712 });
  expect(() => openServerLock(home)).toThrow(/4712/);
  expect(() => openServerLock(home)).toThrow(expect.objectContaining({ code: 'COAIA-0113' }));
  lock.release();
  openServerLock(home).release();
  expect(readdirSync(home)).toEqual([]);
});

test('the lock of a dead process is taken over', async () => {
  const home = createHome('dead');
  const child = spawn(process.execPath, ['--eval', '']);
  await new Promise((resolve) => child.on('close', resolve));
  writeFile(home, { pid: child.pid, startTime: 'x', url: 'http://127.0.0.1:1', port: 1 });
  expect(readServerLock(home)).toBeUndefined();
  const lock = openServerLock(home);
  expect(readFile(home)['pid']).toBe(process.pid);
  lock.release();
});

test('another process under the same number is not the server', () => {
  const home = createHome('again');
  writeFile(home, { pid: process.pid, startTime: 'boot:1', url: null, port: null });
  expect(readServerLock(home)).toBeUndefined();
  openServerLock(home).release();
});

test('a zombie counts as dead', async () => {
  const home = createHome('zombie');
  // The shell starts a child and then becomes a program that never collects it.
  const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = await new Promise<number>((resolve) => {
    shell.stdout.on('data', (data: Buffer) => resolve(Number(data.toString())));
  });
  const isZombie = () => readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  while (!isZombie()) await new Promise((resolve) => setTimeout(resolve, 5));
  writeFile(home, { pid, startTime: null, url: null, port: null });
  expect(readServerLock(home)).toBeUndefined();
  shell.kill();
});

test.each(['', 'null', '[]', '{"pid":"7"}', '\u0000'])(
  'damaged content %j is nobody',
  (content) => {
    const home = createHome(`damaged-${Buffer.from(content).toString('hex')}`);
    writeFileSync(join(home, 'server.json'), content);
    expect(readServerLock(home)).toBeUndefined();
    openServerLock(home).release();
    expect(readdirSync(home)).toEqual([]);
  },
);

test('releasing leaves the lock of a successor alone', () => {
  const home = createHome('successor');
  const lock = openServerLock(home);
  writeFile(home, { pid: 1, startTime: null, url: null, port: null });
  lock.release();
  expect(readFile(home)['pid']).toBe(1);
});
