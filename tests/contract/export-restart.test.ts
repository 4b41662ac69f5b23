/**
 * Exports, retention and files outlive the server on both databases: what was saved is there, a killed export ends
 * with every window exactly once, and what was deleted stays deleted.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findProgram, startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { createPlace, DATABASES } from './places.ts';
import type { Place } from './places.ts';

async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: unknown,
  authorization = server.authorization,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}/api/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

const DAYS = Array.from({ length: 12 }, (_, day) => `2026-01-${String(day + 1).padStart(2, '0')}`);

/** A trace on each of twelve days. */
async function ingestDays(server: BenchServer): Promise<void> {
  const batch = DAYS.map((day) => ({
    id: `e-${day}`,
    type: 'trace-create',
    timestamp: `${day}T12:00:00.000Z`,
    body: { id: day, name: 'day', timestamp: `${day}T12:00:00.000Z`, input: 'x'.repeat(1000) },
  }));
  const answer = await send(server, 'POST', 'public/ingestion', { batch });
  expect(answer.errors).toEqual([]);
}

const EXPORT = {
  projectId: 'default',
  type: 'FOLDER',
  bucketName: 'days',
  region: 'local',
  exportFrequency: 'daily',
  enabled: true,
  forcePathStyle: false,
  fileType: 'JSONL',
  exportMode: 'FULL_HISTORY',
};

/** Ends the server in the middle of an export. With the `expect` of the test, which knows whose turn it is. */
async function killExport(place: Place, expectHere: typeof expect): Promise<void> {
  const first = await startServer(place);
  await ingestDays(first);
  await send(first, 'PUT', 'public/integrations/blob-storage', EXPORT);
  await send(first, 'POST', 'v1/exports/runs', { windows: 2 });
  const running = send(first, 'POST', 'v1/exports/runs', {}).catch(() => undefined);
  await expectHere
    .poll(async () => (await send(first, 'GET', 'v1/exports/runs')).data.length)
    .toBeGreaterThan(2);
  await first.crash();
  await running;
}

/** Everything up to the crash, one database after the other: nobody else may delay what is measured there. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

// The dead process keeps its claim for a while, so the two databases wait for that together.
describe.concurrent.each(DATABASES)('on %s', (kind) => {
  test('a killed export goes on, and every window is written once', async ({
    expect: expectHere,
    onTestFinished,
  }) => {
    const place = await createPlace(kind);
    onTestFinished(() => place.remove());
    await inTurn(() => killExport(place, expectHere));

    const second = await startServer(place);
    onTestFinished(() => second.stop());
    const [saved] = (await send(second, 'GET', 'public/integrations/blob-storage')).data;
    expect(saved).toMatchObject({ type: 'FOLDER', bucketName: 'days', exportFrequency: 'daily' });
    // The dead process still has its claim for 20 seconds at most.
    await expectHere
      .poll(
        async () => {
          await send(second, 'POST', 'v1/exports/runs', {});
          const { syncStatus } = await send(
            second,
            'GET',
            'public/integrations/blob-storage/default',
          );
          return syncStatus as string;
        },
        { timeout: 90_000, interval: 2000 },
      )
      .toBe('up_to_date');
    const { data: runs } = await send(second, 'GET', 'v1/exports/runs');
    const windows = runs.map(({ windowTo }: { readonly windowTo: string }) => windowTo);
    expect(windows).toHaveLength(12);
    expect(new Set(windows).size).toBe(12);
    const folder = join(place.home, 'exports/days/default/traces');
    const ids = readdirSync(folder).flatMap((name) =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { readonly id: string }).id),
    );
    expect(ids.toSorted()).toEqual(DAYS);
  }, 150_000);
});

describe.each(DATABASES)('on %s', (kind) => {
  test('retention is set on a project and what it did is kept', async ({ onTestFinished }) => {
    const place = await createPlace(kind);
    onTestFinished(() => place.remove());
    const first = await startServer(place);
    await ingestDays(first);
    const change = { name: 'default', retention: 7 };
    const organization = first.organizationAuthorization;
    await send(first, 'PUT', 'public/projects/default', change, organization);
    await first.stop();

    const env = { ...process.env, ...place.env, COAIA_HOME: place.home };
    const line = [findProgram(), 'db', 'retention', '--json'];
    const done = spawnSync(process.execPath, line, { env, cwd: place.home, encoding: 'utf8' });
    expect([done.status, done.stderr]).toEqual([0, '']);
    expect(JSON.parse(done.stdout)).toMatchObject([
      { projectId: 'default', counts: { traces: 12 } },
    ]);

    const second = await startServer(place);
    onTestFinished(() => second.stop());
    const retention = await send(second, 'GET', 'v1/projects/default/retention');
    expect(retention).toMatchObject({ retentionDays: 7, runs: [{ traces: 12, error: null }] });
    expect((await send(second, 'GET', 'public/traces')).data).toEqual([]);
  }, 60_000);
});
