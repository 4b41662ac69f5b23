/** What is too old goes, and nothing else, on both databases. */
import { createHash } from 'node:crypto';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { readdir } from 'node:fs/promises';
import { openFolderBlobs } from '#blobs';
import { openRuns } from '#runs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecorder } from '../ingestion/ingest-batch.ts';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';
import { seedTraces } from '../testing/seed.ts';
import { runRetentions } from './retentions.ts';
import { runRetention } from './run-retention.ts';
import { openRetentionSchedule } from './schedule.ts';
import type { RetentionPorts } from './ports.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-06-30T12:00:00Z');

describe.each(openTestDatabases())('retention on $name', ({ open }) => {
  let db: Database;
  let server: RoomServer;
  let ports: RetentionPorts;
  let now = NOW;

  beforeEach(async () => {
    now = NOW;
    db = await open();
    server = await openRoomServer(db, () => now);
    ports = { db, clock: () => now, blobs: openFolderBlobs(server.folder) };
    await keep('default', 30);
  });
  afterEach(() => server.close());

  const keep = (projectId: string, days: number | null) =>
    db.write((tx) =>
      tx.run('UPDATE projects SET retention_days = ? WHERE id = ?', [days, projectId]),
    );
  const ago = (days: number, more = 0) => new Date(NOW - days * DAY + more).toISOString();
  let made = 0;
  async function ingest(type: string, body: object, send = server.send): Promise<void> {
    made += 1;
    const batch = [{ id: `e${made}`, type, timestamp: ago(0), body }];
    expect((await send('POST', '/ingestion', { batch })).body.errors).toEqual([]);
  }
  const ids = async (table: string, projectId = 'default') =>
    (
      await db.read<{ readonly id: string }>(
        `SELECT id FROM ${table} WHERE project_id = ? ORDER BY id`,
        [projectId],
      )
    ).map(({ id }) => id);
  async function expectTrueCounters(): Promise<void> {
    for (const table of ['traces', 'observations', 'scores', 'sessions']) {
      const [row] = await db.read<{ readonly total: number | string | null }>(
        'SELECT sum(value) AS total FROM counters WHERE project_id = ? AND name = ?',
        ['default', table],
      );
      expect([table, Number(row?.total ?? 0)]).toEqual([table, (await ids(table)).length]);
    }
  }
  const score = (id: string, traceId: string, days: number) =>
    ingest('score-create', { id, traceId, name: 'n', value: 1 }).then(() =>
      db.write((tx) =>
        tx.run('UPDATE scores SET timestamp = ? WHERE id = ?', [NOW - days * DAY, id]),
      ),
    );

  it('deletes what is older to the millisecond, and nothing younger', async () => {
    await ingest('trace-create', { id: 'old', timestamp: ago(30, -1), sessionId: 's-old' });
    await ingest('trace-create', { id: 'edge', timestamp: ago(30), sessionId: 's-both' });
    await ingest('trace-create', { id: 'older', timestamp: ago(300), sessionId: 's-both' });
    await ingest('trace-create', { id: 'running', timestamp: ago(40) });
    const span = (id: string, traceId: string, days: number) =>
      ingest('span-create', { id, traceId, startTime: ago(days) });
    await span('o-old', 'old', 30.5);
    await span('o-first', 'running', 40);
    await span('o-now', 'running', 1);
    await score('sc-old', 'old', 31);
    await score('sc-late', 'old', 2);
    await score('sc-kept', 'edge', 2);
    await score('sc-stale', 'edge', 35);
    for (const id of ['old', 'x'])
      await ingest('trace-create', { id, timestamp: ago(90) }, server.sendAsOther);

    const run = await runRetention(ports, 'default');
    expect(run).toMatchObject({
      retentionDays: 30,
      cutoff: ago(30),
      endedAt: ago(0),
      traces: 2,
      observations: 1,
      scores: 2,
      sessions: 1,
      media: 0,
      error: null,
    });
    expect(await ids('traces')).toEqual(['edge', 'running']);
    expect(await ids('observations')).toEqual(['o-first', 'o-now']);
    expect(await ids('scores')).toEqual(['sc-kept', 'sc-late']);
    expect(await ids('sessions')).toEqual(['s-both']);
    expect(await ids('traces', 'other')).toEqual(['old', 'x']);
    await expectTrueCounters();
    const { body } = await server.send('GET', '/api/v1/projects/default/retention');
    expect(body).toEqual({ retentionDays: 30, cutoff: ago(30), runs: [run] });
    const preview = '/api/v1/projects/default/retention/preview';
    const none = { retentionDays: 30, cutoff: ago(30), traces: 0, observations: 0, scores: 0 };
    expect((await server.send('GET', preview)).body).toEqual(none);
    const sooner = (await server.send('GET', `${preview}?retentionDays=1`)).body;
    expect(sooner).toMatchObject({ retentionDays: 1, cutoff: ago(1) });
    expect(sooner.traces).toBeGreaterThan(0);
    expect(await ids('traces')).toEqual(['edge', 'running']);
    expect((await server.sendAsOther('GET', preview)).status).toBe(404);
    expect((await server.send('GET', '/traces/old')).status).toBe(404);
    expect((await server.sendAsOther('GET', '/traces/old')).status).toBe(200);
    expect((await server.sendAsOther('GET', '/api/v1/projects/default/retention')).status).toBe(
      404,
    );
  });

  it('deletes runs that ended before, and none that are open', async () => {
    const recorder = createRecorder({ db, clock: () => NOW });
    const scope = { projectId: 'default', level: 'project', via: 'local' } as const;
    for (const [id, days] of Object.entries({ old: 40, young: 20 })) {
      const runs = openRuns({ db, recorder, clock: () => NOW - days * DAY });
      const request = { workflow: 'w', name: 'w', input: {}, traceId: id };
      await runs.start(scope, { ...request, id });
      await runs.start(scope, { ...request, id: `${id}-open` });
      await runs.cancel(scope, id);
    }
    await runRetention(ports, 'default');
    expect(await ids('runs')).toEqual(['old-open', 'young', 'young-open']);
  });

  it('keeps everything where no days are set', async () => {
    await ingest('trace-create', { id: 'old', timestamp: ago(900) });
    for (const days of [null, 0]) {
      await keep('default', days);
      expect(await runRetention(ports, 'default')).toBeUndefined();
      expect(await runRetentions(ports, { isDry: false })).toEqual([]);
    }
    expect(await ids('traces')).toEqual(['old']);
    await expect(runRetention(ports, 'nothing')).rejects.toMatchObject({ code: 'COAIA-0003' });
  });

  it('counts without deleting when it is dry', async () => {
    await ingest('trace-create', { id: 'old', timestamp: ago(31) });
    await ingest('span-create', { id: 'o', traceId: 'old', startTime: ago(31) });
    expect(await runRetentions(ports, { isDry: true })).toMatchObject([
      { projectId: 'default', counts: { traces: 1, observations: 1, scores: 0 } },
    ]);
    expect(await ids('traces')).toEqual(['old']);
    expect(await db.read('SELECT id FROM retention_runs')).toEqual([]);
  });

  it('goes step by step through many, can be cut off, and goes on', async () => {
    const options = { traces: 250, observationsPerTrace: 12, until: NOW - 40 * DAY };
    await seedTraces(db, 'default', options);
    await seedTraces(db, 'default', { ...options, traces: 20, until: NOW, prefix: 'young-' });
    const big = { traces: 1, observationsPerTrace: 2500, until: NOW - 90 * DAY, prefix: 'big-' };
    await seedTraces(db, 'default', big);
    const stop = new AbortController();
    let writes = 0;
    const counting: Database = {
      ...db,
      write: (work) => {
        writes += 1;
        if (writes === 5) stop.abort(new Error('killed'));
        return db.write(work);
      },
    };
    await expect(runRetention({ ...ports, db: counting }, 'default', stop.signal)).rejects.toThrow(
      'killed',
    );
    const left = (await ids('traces')).length;
    expect(left).toBeGreaterThan(20);
    expect(left).toBeLessThan(271);
    await expectTrueCounters();
    const [cut] = (await server.send('GET', '/api/v1/projects/default/retention')).body.runs;
    expect(cut).toMatchObject({ endedAt: null, traces: 271 - left });
    now += 1000;
    const run = await runRetention(ports, 'default');
    expect(run?.traces).toBe(left - 20);
    expect(await ids('traces')).toHaveLength(20);
    expect((await ids('observations')).every((id) => id.startsWith('young-'))).toBe(true);
    await expectTrueCounters();
  });

  it('lets one process work at a time', async () => {
    const claim = { project_id: 'default', job: 'retention', holder: 'other', held_until: NOW + 1 };
    await db.write((tx) => tx.upsert('job_claims', [claim]));
    await expect(runRetention(ports, 'default')).rejects.toMatchObject({ code: 'COAIA-1180' });
    now += 1;
    expect(await runRetention(ports, 'default')).toMatchObject({ error: null });
  });

  it('removes files that stand nowhere any more, with their bytes', async () => {
    await server.send('POST', '/v2/datasets', { name: 'd' });
    const upload = async (content: string, place: Record<string, string>) => {
      const bytes = Buffer.from(content);
      const hash = createHash('sha256').update(bytes);
      const sha256Hash = hash.copy().digest('base64');
      const announced = await server.send('POST', '/media', {
        field: 'input',
        contentType: 'text/plain',
        contentLength: bytes.length,
        sha256Hash,
        ...place,
      });
      const { mediaId, uploadUrl } = announced.body;
      if (uploadUrl !== null) await fetch(uploadUrl, { method: 'PUT', body: bytes });
      const change = { uploadedAt: ago(0), uploadHttpStatus: 200 };
      await server.send('PATCH', `/media/${mediaId}`, change);
      return mediaId as string;
    };
    now = NOW - 60 * DAY;
    await ingest('trace-create', { id: 'old', timestamp: ago(60) });
    await ingest('trace-create', { id: 'young', timestamp: ago(1) });
    const gone = await upload('only in the old trace', { traceId: 'old' });
    const shared = await upload('in both', { traceId: 'old' });
    await upload('in both', { traceId: 'young' });
    const item = await upload('in an item', { datasetId: 'd', datasetItemId: 'i' });
    const cited = await upload('cited by an item', { traceId: 'old' });
    const input = `see @@@langfuseMedia:type=text/plain|id=${cited}|source=file@@@`;
    await server.send('POST', '/dataset-items', { datasetName: 'd', id: 'i', input });
    now = NOW;
    const late = await upload('uploaded yesterday', { traceId: 'never-sent' });
    const run = await runRetention(ports, 'default');
    expect(run).toMatchObject({ traces: 1, media: 1, mediaBytes: 21 });
    const status = async (id: string) => (await server.send('GET', `/media/${id}`)).status;
    expect(await status(gone)).toBe(404);
    for (const id of [shared, item, cited, late]) expect([id, await status(id)]).toEqual([id, 200]);
    const files = await readdir(`${server.folder}/media`, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toHaveLength(4);
    expect(await ids('media')).toEqual([shared, item, cited, late].toSorted());
  });

  it('runs by itself once a day and says what it deleted', async () => {
    await ingest('trace-create', { id: 'old', timestamp: ago(31) });
    const lines: unknown[] = [];
    const log = {
      info: (message: string, fields?: object) => lines.push({ message, ...fields }),
      error: (message: string, error: unknown) => lines.push({ message, error }),
    };
    const timer = openRetentionSchedule(ports, log, 5);
    await expect.poll(() => lines).toHaveLength(1);
    await timer.close();
    expect(lines).toMatchObject([{ message: 'retention deleted', project: 'default', traces: 1 }]);
    const again = openRetentionSchedule(ports, log, 1);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    await again.close();
    expect(lines).toHaveLength(1);
    now += DAY + 1;
    const next = openRetentionSchedule(ports, log, 1);
    await expect.poll(() => lines).toHaveLength(2);
    await next.close();
  });
});
