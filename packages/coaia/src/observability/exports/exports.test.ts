/** Exports into a bucket and a folder, over HTTP, on both databases. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Scope } from '#base';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openS3StandIn } from '../../blobs/testing/s3-stand-in.ts';
import type { S3StandIn } from '../../blobs/testing/s3-stand-in.ts';
import { deleteExport, getExportStatus, listExports } from './exports.ts';
import type { ExportPorts } from './ports.ts';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';

const PATH = '/integrations/blob-storage';
const DAY = 86_400_000;

describe.each(openTestDatabases())('exports on $name', ({ open }) => {
  let db: Database;
  let s3: S3StandIn;
  let server: RoomServer;
  let now = 0;
  let body: Record<string, unknown> = {};

  beforeEach(async () => {
    now = Date.parse('2026-03-10T12:00:00Z');
    db = await open();
    s3 = await openS3StandIn();
    server = await openRoomServer(db, () => now);
    body = {
      projectId: 'default',
      type: 'S3_COMPATIBLE',
      bucketName: s3.location.bucket,
      endpoint: s3.location.endpoint,
      region: s3.location.region,
      accessKeyId: s3.location.accessKeyId,
      secretAccessKey: s3.location.secretAccessKey,
      prefix: 'lf/',
      exportFrequency: 'daily',
      enabled: true,
      forcePathStyle: true,
      fileType: 'JSONL',
      exportMode: 'FULL_HISTORY',
      compressed: true,
    };
  });
  afterEach(async () => {
    await server.close();
    await s3.close();
  });

  const save = (change: Record<string, unknown> = {}) =>
    server.send('PUT', PATH, { ...body, ...change });
  const run = () => server.send('POST', '/api/v1/exports/runs', {});
  const status = async () => (await server.send('GET', `${PATH}/default`)).body;

  let made = 0;
  async function ingest(type: string, event: Record<string, unknown>): Promise<void> {
    made += 1;
    const timestamp = new Date(now).toISOString();
    const answer = await server.send('POST', '/ingestion', {
      batch: [{ id: `e${made}`, type, timestamp, body: event }],
    });
    expect(answer.body.errors).toEqual([]);
  }
  const trace = (id: string, timestamp: string, more = {}) =>
    ingest('trace-create', { id, timestamp, name: `n-${id}`, ...more });

  const read = (name: string) => {
    const object = s3.objects.get(name);
    if (object === undefined) throw new Error(`no ${name} in ${[...s3.objects.keys()].join(' ')}`);
    const text = gunzipSync(object.bytes).toString('utf8').trim();
    return text === ''
      ? []
      : text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('is saved after a test upload and never shows its secret', async () => {
    const { status: code, body: saved } = await save();
    expect(code).toBe(200);
    expect(saved).toMatchObject({
      id: 'default',
      type: 'S3_COMPATIBLE',
      accessKeyId: 'AKIATEST',
      prefix: 'lf/',
      compressed: true,
      exportSource: 'LEGACY_TRACES_OBSERVATIONS',
      exportFieldGroups: null,
      lastSyncAt: null,
    });
    expect(s3.log).toEqual([
      'PUT /coaia-test/lf/coaia-test-upload.txt -> 200',
      'DELETE /coaia-test/lf/coaia-test-upload.txt -> 204',
    ]);
    const list = await server.send('GET', PATH);
    expect(list.body.data).toEqual([saved]);
    const answers = JSON.stringify([saved, list.body, await status()]);
    expect(answers).not.toContain(s3.location.secretAccessKey);
    const rows = await db.read('SELECT * FROM blob_exports');
    expect(JSON.stringify(rows)).not.toContain(s3.location.secretAccessKey);
    expect((await save({ secretAccessKey: undefined, exportFrequency: 'hourly' })).status).toBe(
      200,
    );
    expect(await status()).toMatchObject({ syncStatus: 'queued', enabled: true });
  });

  it.each([
    [{ type: 'AZURE_BLOB_STORAGE' }, 'Azure Blob Storage is not supported'],
    [{ endpoint: null }, 'endpoint is required'],
    [{ region: undefined }, 'region is required'],
    [{ bucketName: 'No_Bucket' }, 'no name of a bucket'],
    [{ secretAccessKey: null }, 'secretAccessKey are required'],
    [{ exportMode: 'FROM_CUSTOM_DATE' }, 'exportStartDate is required'],
    [{ exportFieldGroups: ['core'] }, 'needs exportSource'],
    [{ exportSource: 'OBSERVATIONS_V2', exportFieldGroups: ['io'] }, 'must include core'],
    [{ secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    [{ endpoint: 'http://169.254.169.254' }, 'plain HTTP'],
    [{ endpoint: 'https://10.0.0.1' }, 'private network'],
    [{ endpoint: 'https://localhost' }, 'private network'],
    [{ type: 'FOLDER', bucketName: '../out' }, 'words with slashes'],
  ])('refuses %j because of %s, and keeps nothing', async (change, reason) => {
    const answer = await save(change);
    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(reason) },
    });
    expect((await server.send('GET', PATH)).body.data).toEqual([]);
  });

  it('refuses a prefix without a slash and an unknown frequency', async () => {
    expect((await save({ prefix: 'x' })).status).toBe(400);
    expect((await save({ exportFrequency: 'yearly' })).status).toBe(400);
  });

  it('writes each window once, with every record in the one it belongs to', async () => {
    await trace('old', '2026-03-01T23:59:59.999Z', { input: { q: 1 }, tags: ['b'], userId: 'u' });
    await trace('new', '2026-03-02T00:00:00.000Z');
    await trace('today', '2026-03-10T01:00:00.000Z');
    await ingest('generation-create', {
      id: 'g1',
      traceId: 'old',
      startTime: '2026-03-01T10:00:00Z',
      endTime: '2026-03-01T10:00:02Z',
      model: 'gpt-4o-mini',
      usage: { input: 10, output: 5 },
    });
    await ingest('score-create', { id: 's1', traceId: 'old', name: 'ok', value: 1 });
    await db.write((tx) =>
      tx.run('UPDATE scores SET timestamp = ?', [Date.parse('2026-03-02T05:00:00Z')]),
    );
    await save();
    const { status: code, body: answer } = await run();
    expect(code).toBe(200);
    expect(answer.data.map((one: { windowTo: string }) => one.windowTo)).toEqual([
      '2026-03-02T00:00:00.000Z',
      '2026-03-03T00:00:00.000Z',
    ]);
    const at = (table: string, day: string) =>
      `lf/default/${table}/2026-03-${day}T00-00-00Z.jsonl.gz`;
    expect([...s3.objects.keys()].toSorted()).toEqual(
      ['observations', 'scores', 'traces'].flatMap((table) => [at(table, '02'), at(table, '03')]),
    );
    expect(read(at('traces', '02'))).toMatchObject([
      {
        id: 'old',
        input: { q: 1 },
        tags: ['b'],
        user_id: 'u',
        timestamp: '2026-03-01T23:59:59.999Z',
      },
    ]);
    expect(read(at('traces', '03')).map(({ id }) => id)).toEqual(['new']);
    expect(read(at('observations', '02'))).toMatchObject([
      {
        id: 'g1',
        provided_model_name: 'gpt-4o-mini',
        latency: 2,
        usage_details: { input: 10, output: 5, total: 15 },
      },
    ]);
    expect(read(at('scores', '02'))).toEqual([]);
    expect(read(at('scores', '03'))).toMatchObject([{ id: 's1', value: 1, trace_id: 'old' }]);
    expect(await status()).toMatchObject({
      syncStatus: 'up_to_date',
      lastSyncAt: '2026-03-10T00:00:00.000Z',
      nextSyncAt: '2026-03-11T00:20:00.000Z',
    });
    const puts = s3.log.filter((line) => line.startsWith('PUT')).length;
    expect((await run()).body.data).toEqual([]);
    expect(s3.log.filter((line) => line.startsWith('PUT'))).toHaveLength(puts);
    now += DAY + 1_200_000 - 12 * 3_600_000 - 1;
    expect((await run()).body.data).toEqual([]);
    now += 1;
    expect(await status()).toMatchObject({ syncStatus: 'queued' });
    expect((await run()).body.data).toHaveLength(1);
    expect(read(at('traces', '11')).map(({ id }) => id)).toEqual(['today']);
  });

  it('begins today, or on the day that is given', async () => {
    await trace('old', '2026-03-01T12:00:00.000Z');
    await trace('eve', '2026-03-09T12:00:00.000Z');
    await trace('today', '2026-03-10T01:00:00.000Z');
    await save({ exportMode: 'FROM_CUSTOM_DATE', exportStartDate: '2026-03-05T00:00:00Z' });
    const { body: first } = await run();
    expect(first.data.map((one: { windowTo: string }) => one.windowTo)).toEqual([
      '2026-03-10T00:00:00.000Z',
    ]);
    await save({ exportMode: 'FROM_TODAY', prefix: 'today/' });
    now += DAY;
    await run();
    const names = [...s3.objects.keys()].filter((key) => key.startsWith('today/default/traces'));
    expect(names).toEqual(['today/default/traces/2026-03-11T00-00-00Z.jsonl.gz']);
  });

  it('notes what goes wrong, tries again later, and goes on where it was', async () => {
    await trace('a', '2026-03-01T12:00:00.000Z');
    await save();
    s3.failNext(503);
    const failed = await run();
    expect([failed.status, failed.body.code]).toEqual([502, 'COAIA-0703']);
    expect(await status()).toMatchObject({
      syncStatus: 'error',
      lastSyncAt: null,
      lastError: expect.stringContaining('503'),
      lastErrorAt: '2026-03-10T12:00:00.000Z',
      nextSyncAt: '2026-03-10T12:05:00.000Z',
    });
    expect((await run()).body.data).toHaveLength(1);
    expect(await status()).toMatchObject({ syncStatus: 'up_to_date', lastError: null });
    const runs = (await server.send('GET', '/api/v1/exports/runs')).body.data;
    expect(runs.map((one: { error: string | null }) => one.error === null)).toHaveLength(2);
  });

  it('lets one process work at a time', async () => {
    await trace('a', '2026-03-01T12:00:00.000Z');
    await save();
    const held_until = now + 60_000;
    const claim = { project_id: 'default', job: 'export', holder: 'another', held_until };
    await db.write((tx) => tx.upsert('job_claims', [claim]));
    expect(await status()).toMatchObject({ syncStatus: 'running' });
    expect([(await run()).status, (await run()).body.code]).toEqual([409, 'COAIA-1165']);
    now = held_until;
    expect((await run()).body.data).toHaveLength(1);
    expect(await db.read('SELECT * FROM job_claims')).toEqual([]);
  });

  it('writes into a folder that was allowed', async () => {
    await trace('a', '2026-03-01T12:00:00.000Z');
    const change = {
      type: 'FOLDER',
      bucketName: 'out/daily',
      region: undefined,
      compressed: false,
    };
    expect(await save({ ...change, endpoint: null, fileType: 'JSON' })).toMatchObject({
      status: 200,
      body: { type: 'FOLDER', region: 'local' },
    });
    await run();
    const folder = join(server.folder, 'exports/out/daily');
    expect(await readdir(folder)).toEqual(['lf']);
    const file = join(folder, 'lf/default/traces/2026-03-02T00-00-00Z.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject([{ id: 'a' }]);
  });

  it('takes the key of the organization for its own projects only', async () => {
    await save();
    const ports = { db, clock: () => now } as ExportPorts;
    const as = (organizationId: string): Scope => ({
      projectId: '',
      level: 'organization',
      via: 'key',
      organizationId,
    });
    const [row] = await db.read<{ readonly organization_id: string }>(
      `SELECT organization_id FROM projects WHERE id = 'default'`,
    );
    const own = as(row?.organization_id ?? '');
    expect((await listExports(ports, own)).data).toMatchObject([{ projectId: 'default' }]);
    expect(await getExportStatus(ports, own, 'default')).toMatchObject({ syncStatus: 'queued' });
    expect((await listExports(ports, as('org-2'))).data).toEqual([]);
    for (const call of [getExportStatus, deleteExport])
      await expect(call(ports, as('org-2'), 'default')).rejects.toMatchObject({
        code: 'COAIA-0003',
      });
  });

  it('is forgotten when it is deleted, and never seen by others', async () => {
    await save();
    expect((await server.sendAsOther('GET', PATH)).body.data).toEqual([]);
    expect((await server.sendAsOther('GET', `${PATH}/default`)).status).toBe(404);
    expect((await server.sendAsOther('DELETE', `${PATH}/default`)).status).toBe(404);
    expect((await server.sendAsOther('PUT', PATH, body)).status).toBe(404);
    expect((await server.send('DELETE', `${PATH}/default`)).status).toBe(200);
    expect((await server.send('GET', `${PATH}/default`)).status).toBe(404);
    expect((await server.send('DELETE', `${PATH}/default`)).status).toBe(404);
    expect((await run()).status).toBe(404);
  });
});
