/** A full disk: writes are refused in words, reads go on, and space that returns is used without a restart. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot && process.platform === 'linux')('a full disk', () => {
  let disk: string;
  let server: BenchServer;
  let count = 0;

  beforeEach(async () => {
    disk = mkdtempSync(join(tmpdir(), 'coaia-full-'));
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status).toBe(0);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(8 << 20));
    server = await startServer({ home: join(disk, 'home') });
  });

  afterEach(async () => {
    await server.stop();
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  async function post() {
    const ids = Array.from({ length: 5 }, () => `full-${count++}`);
    const timestamp = new Date().toISOString();
    const batch = ids.map((id) => ({
      id: `event-${id}`,
      type: 'trace-create',
      timestamp,
      body: { id, input: 'x'.repeat(15_000) },
    }));
    const answer = await fetch(`${server.url}/api/public/ingestion`, {
      method: 'POST',
      headers: { authorization: server.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ batch }),
    });
    return { ids, status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  const read = async (id: string) => {
    const headers = { authorization: server.authorization };
    return (await fetch(`${server.url}/api/public/traces/${id}`, { headers })).status;
  };

  it(
    'answers 507 with a reason, keeps reading, recovers, and loses nothing',
    { timeout: 120_000 },
    async () => {
      const stored: string[] = [];
      let refused: Awaited<ReturnType<typeof post>> | undefined;
      while (refused === undefined && stored.length < 5000) {
        const result = await post();
        if (result.status === 207) stored.push(...result.ids);
        else refused = result;
      }
      expect(refused?.status).toBe(507);
      expect(refused?.body['message']).toMatch(/disk.*full|no space/i);
      expect(stored.length).toBeGreaterThan(0);
      expect(await read(stored[0] as string)).toBe(200);

      rmSync(join(disk, 'ballast'));
      const after = await post();
      expect(after.status).toBe(207);
      await server.crash();
      server = await startServer({ home: join(disk, 'home') });
      for (const id of [...stored, ...after.ids]) expect(await read(id)).toBe(200);
    },
  );
});
