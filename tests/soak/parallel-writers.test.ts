/** Many command-line processes write to one store at once: none fails, none loses a write. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const run = promisify(execFile);
const rounds = process.env.COAIA_SOAK === '1' ? 4 : 1;
const PROCESSES = 50;

describe('50 command-line processes on one store', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'coaia-parallel-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const coaia = (...args: readonly string[]) =>
    run(process.execPath, [findProgram(), ...args], {
      cwd: home,
      env: { ...RUN_ENV, PATH: process.env.PATH, HOME: home, COAIA_HOME: join(home, 'store') },
    });

  async function writeAll(label: string): Promise<void> {
    const ids = Array.from({ length: PROCESSES }, (_, index) => `${label}-${index}`);
    const results = await Promise.allSettled(
      ids.map((id) => coaia('fuse', 'traces', 'create', id, '-n', label)),
    );
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed.map((result) => String(result.reason))).toEqual([]);
    const { stdout } = await coaia('fuse', 'traces', '--all', '--name', label, '--json');
    const stored = (JSON.parse(stdout) as readonly { readonly id: string }[]).map(({ id }) => id);
    expect(stored.toSorted()).toEqual(ids.toSorted());
  }

  it('store every write, from the first moment of a new store', { timeout: 600_000 }, async () => {
    for (let round = 0; round < rounds; round++) await writeAll(`round${round}`);
  });

  it('set variables of one environment file, and none is lost', { timeout: 600_000 }, async () => {
    for (let round = 0; round < rounds; round++) {
      const names = Array.from({ length: PROCESSES }, (_, index) => `K${round}_${index}`);
      const set = names.map((name) => coaia('env', 'set', name, `of ${name}`, '--name', 'many'));
      const failed = (await Promise.allSettled(set)).filter(({ status }) => status === 'rejected');
      expect(failed).toEqual([]);
      const { stdout } = await coaia('env', 'source', '--name', 'many', '--shell', 'json');
      const wanted = Object.fromEntries(names.map((name) => [name, `of ${name}`]));
      expect(JSON.parse(stdout)).toMatchObject(wanted);
    }
  });

  it('store every write while a server has the store open', { timeout: 600_000 }, async () => {
    const server: BenchServer = await startServer({ home: join(home, 'store') });
    try {
      await writeAll('beside-a-server');
    } finally {
      await server.stop();
    }
  });
});
