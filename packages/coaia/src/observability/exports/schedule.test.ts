/** Exports by themselves, and by several processes at once. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess } from '#access';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedTraces } from '../testing/seed.ts';
import type { BlobExportRun } from '@coaia/client';
import { saveExport } from './exports.ts';
import type { ExportPorts } from './ports.ts';
import { runExport } from './run-export.ts';
import { openExportSchedule } from './schedule.ts';

const NOW = Date.parse('2026-05-10T12:00:00Z');
const HOUR = 3_600_000;
const SCOPE = { projectId: 'default', level: 'project', via: 'key' } as const;
const BODY = {
  projectId: 'default',
  type: 'FOLDER',
  bucketName: 'out',
  exportFrequency: 'hourly',
  enabled: true,
  forcePathStyle: false,
  fileType: 'JSONL',
  exportMode: 'FULL_HISTORY',
  compressed: false,
} as const;

describe.each(openTestDatabases())('the schedule of exports on $name', ({ open }) => {
  let db: Database;
  let folder = '';
  let now = NOW;
  let ports: ExportPorts;

  beforeEach(async () => {
    now = NOW;
    db = await open();
    folder = await mkdtemp(join(tmpdir(), 'coaia-schedule-'));
    await openAccess(db, {
      env: {
        LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-lf-a',
        LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-lf-a',
      },
    });
    ports = {
      db,
      clock: () => now,
      exportFolder: folder,
      exportHosts: [],
      secrets: {
        seal: () => {
          throw new Error('a folder has no secret');
        },
        open: () => '',
      },
      egress: { fetch: () => Promise.reject(new Error('a folder needs no way out')) },
    };
    // One trace a minute, for five hours.
    await seedTraces(db, 'default', { traces: 300, observationsPerTrace: 1, until: NOW - HOUR });
    await saveExport(ports, SCOPE, BODY);
  });
  afterEach(async () => {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  const files = async () => (await readdir(join(folder, 'out/default/traces'))).toSorted();

  it('exports what is due, says so, and waits for the next window', async () => {
    const lines: unknown[] = [];
    const log = {
      info: (message: string, fields?: object) => lines.push({ message, ...fields }),
      error: (message: string, error: unknown) => lines.push({ message, error }),
    };
    const timer = openExportSchedule(ports, log, 2);
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines).toMatchObject([{ message: 'exported', project: 'default', windows: 5 }]);
    expect(await files()).toHaveLength(5);
    // The newest trace is of eleven sharp: its hour ends at twelve and is written at twenty past.
    now = NOW + HOUR / 3 - 1;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(lines).toHaveLength(1);
    now += 1;
    await expect.poll(() => lines).toHaveLength(2);
    await timer.close();
    expect(await files()).toHaveLength(6);
  });

  it('ends in good order in the middle, and another process goes on', async () => {
    const stop = new AbortController();
    const first = runExport(ports, 'default', { signal: stop.signal });
    await expect
      .poll(async () => (await db.read('SELECT id FROM blob_export_runs')).length > 0)
      .toBe(true);
    stop.abort(new Error('stopped'));
    const done = await first.then(
      (runs) => runs.length,
      () => 0,
    );
    const [row] = await db.read<{ readonly last_error: string | null }>(
      'SELECT * FROM blob_exports',
    );
    expect(row?.last_error).toBeNull();
    const rest = await runExport(ports, 'default');
    const windows = await db.read<{ readonly window_to: number }>(
      'SELECT window_to FROM blob_export_runs WHERE error IS NULL',
    );
    expect(new Set(windows.map(({ window_to: to }) => to)).size).toBe(5);
    expect(windows).toHaveLength(5);
    expect(rest.length + done).toBeLessThanOrEqual(5);
  });

  it('begins anew when it is changed while it runs', async () => {
    const running = runExport(ports, 'default').catch(() => []);
    await expect
      .poll(async () => (await db.read('SELECT id FROM blob_export_runs')).length > 0)
      .toBe(true);
    now += 1;
    await saveExport(ports, SCOPE, {
      ...BODY,
      bucketName: 'elsewhere',
      exportMode: 'FROM_CUSTOM_DATE',
      exportStartDate: NOW - 4 * HOUR,
    });
    await running;
    await runExport(ports, 'default');
    const names = await readdir(join(folder, 'elsewhere/default/traces'));
    expect(names.toSorted().map((name) => name.slice(11, 13))).toEqual(['09', '10', '11']);
  });

  it('lets exactly one of many work', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => runExport(ports, 'default')),
    );
    const worked = all.filter(
      (one): one is PromiseFulfilledResult<readonly BlobExportRun[]> =>
        one.status === 'fulfilled' && one.value.length > 0,
    );
    expect(worked).toHaveLength(1);
    expect(worked[0]?.value).toHaveLength(5);
    expect(await db.read('SELECT id FROM blob_export_runs')).toHaveLength(5);
  });
});
