import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProcess, isRunning, toOwnMark } from './process-mark.ts';
import { addServerClaim, removeServerClaim } from './server-claim.ts';
import { findServerRecord, removeServerRecord, writeServerRecord } from './server-record.ts';

const onLinux = process.platform === 'linux';

describe('marks of processes', () => {
  it('know a living process, and not another one with the same id', () => {
    const mark = toOwnMark();
    expect(isRunning(mark)).toBe(true);
    expect(isRunning({ ...mark, start: `${mark.start}0` })).toBe(!onLinux && mark.start === '');
    for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 31]) expect(findProcess(pid)).toBeUndefined();
  });

  it.runIf(onLinux)('count a process that nobody has reaped as dead', async () => {
    // The shell starts a child, becomes `sleep` and never asks for the child's end.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 20']);
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
    });
    for (let wait = 0; wait < 200 && findProcess(pid) !== undefined; wait++) await sleep(20);
    expect(() => process.kill(pid, 0)).not.toThrow();
    expect(findProcess(pid)).toBeUndefined();
    parent.kill();
  });
});

describe.each(openTestDatabases())('the claim on $name', ({ open }) => {
  it('goes to one of many and back when it dies', async () => {
    const db = await open();
    const child = spawn('sleep', ['20']);
    const other = findProcess(child.pid ?? 0);
    const own = toOwnMark();
    const [first, second] = await Promise.all([
      addServerClaim(db, own),
      addServerClaim(db, other!),
    ]);
    const [winner, refused] = first === undefined ? [own, second] : [other, first];
    expect(refused).toEqual(winner);
    await removeServerClaim(db, own);
    await removeServerClaim(db, other!);
    expect(await addServerClaim(db, other!)).toBeUndefined();
    expect(await addServerClaim(db, own)).toEqual(other);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await addServerClaim(db, own)).toBeUndefined();
    await db.close();
  });
});

describe('the record of the server', () => {
  let folder: string;
  let path: string;
  const record = () => ({
    ...toOwnMark(),
    url: 'http://127.0.0.1:1',
    host: '127.0.0.1',
    port: 1,
    startedAt: 1,
    version: '0.0.0',
    store: 'sqlite' as const,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coaia-record-'));
    path = join(folder, 'home', 'server.json');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is found while the server lives and readable for its owner only', async () => {
    expect(findServerRecord(path)).toBeUndefined();
    writeServerRecord(path, record());
    expect(findServerRecord(path)).toEqual(record());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    removeServerRecord(path, { ...toOwnMark(), start: 'other' });
    expect(findServerRecord(path)).toBeDefined();
    removeServerRecord(path, toOwnMark());
    expect(findServerRecord(path)).toBeUndefined();
  });

  it('counts for nothing when its process is gone or the file is damaged', async () => {
    writeServerRecord(path, { ...record(), pid: 2 ** 31 });
    expect(findServerRecord(path)).toBeUndefined();
    for (const text of ['', '{', '[]', '{"pid":1}', 'null', '{"pid":"1","port":1}']) {
      await writeFile(path, text);
      expect(findServerRecord(path)).toBeUndefined();
    }
  });
});
