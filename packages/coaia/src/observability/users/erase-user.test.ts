/** Erasing a user on both databases: everything of the user goes, nothing of anybody else. */
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalObservability } from '../local-api.ts';
import { eraseUser, getErasure } from './erase-user.ts';

const scope = { projectId: 'p1', level: 'project', via: 'key' } as const;
const TIME = Date.UTC(2026, 4, 1);
const timestamp = new Date(TIME).toISOString();

describe.each(openTestDatabases())('erasing a user on $name', ({ open }) => {
  let db: Database;
  let removed: string[];
  const blobs = {
    remove: (name: string) => {
      removed.push(name);
      return Promise.resolve();
    },
  };
  const ports = () => ({ db, clock: () => TIME, blobs: blobs as never });
  const count = async (table: string, where = '1 = 1') => {
    const [row] = await db.read<{ readonly n: unknown }>(
      `SELECT count(*) AS n FROM ${table} WHERE project_id = 'p1' AND ${where}`,
    );
    return Number(row?.n);
  };

  beforeEach(async () => {
    db = await open();
    removed = [];
    const trace = (id: string, userId: string | null, sessionId: string) => [
      { type: 'trace-create', body: { id, timestamp, userId, sessionId } },
      { type: 'span-create', body: { id: `${id}-span`, traceId: id, startTime: timestamp } },
      { type: 'score-create', body: { id: `${id}-score`, traceId: id, name: 'ok', value: 1 } },
    ];
    const events = [
      ...trace('a1', 'ada', 'alone'),
      ...trace('a2', 'ada', 'shared'),
      ...trace('g1', 'grace', 'shared'),
      ...trace('n1', null, 'nobody'),
      { type: 'score-create', body: { id: 's1', sessionId: 'alone', name: 'nice', value: 1 } },
      { type: 'score-create', body: { id: 's2', sessionId: 'shared', name: 'nice', value: 1 } },
    ].map((event, index) => ({ id: `event-${index}`, timestamp, ...event }));
    const { errors } = await createLocalObservability(ports(), scope).ingest(events);
    expect(errors).toEqual([]);
    await addMedia('only', 'a1');
    await addMedia('both', 'a1');
    await addLink('both', 'g1');
    for (const [type, object] of [
      ['TRACE', 'a1'],
      ['OBSERVATION', 'a2-span'],
      ['SESSION', 'alone'],
      ['SESSION', 'shared'],
      ['TRACE', 'g1'],
    ] as const)
      await addComment(type, object);
  });
  afterEach(() => db.close());

  const addLink = (mediaId: string, traceId: string) =>
    db.write((tx) =>
      tx.upsert('media_links', [
        {
          project_id: 'p1',
          subject_type: 'trace' as const,
          parent_id: traceId,
          subject_id: traceId,
          field: 'input',
          media_id: mediaId,
          created_at: TIME,
        },
      ]),
    );

  async function addMedia(id: string, traceId: string) {
    const sha256 = id.padEnd(64, '0');
    await db.write((tx) =>
      tx.run(
        `INSERT INTO media (project_id, id, sha256, content_type, content_length, stored_at, created_at, updated_at)
         VALUES ('p1', ?, ?, 'image/png', 3, ${TIME}, ${TIME}, ${TIME})`,
        [id, sha256],
      ),
    );
    await addLink(id, traceId);
  }

  function addComment(type: 'TRACE' | 'OBSERVATION' | 'SESSION', object: string) {
    const row = {
      project_id: 'p1',
      id: `${type}-${object}`,
      object_type: type,
      object_id: object,
      author_user_id: null,
      created_at: TIME,
      updated_at: TIME,
      content: 'x',
    };
    return db.write((tx) => tx.upsert('comments', [row]));
  }

  const expected = {
    userId: 'ada',
    traces: 2,
    observations: 2,
    scores: 3,
    sessions: 1,
    comments: 3,
    media: 1,
  };

  it('counts first and deletes nothing then', async () => {
    expect(await getErasure(ports(), scope, 'ada')).toEqual({ ...expected, dryRun: true });
    expect(await count('traces')).toBe(4);
  });

  it('deletes what it counted, and nothing of anybody else', async () => {
    expect(await eraseUser(ports(), scope, 'ada')).toEqual({ ...expected, dryRun: false });
    expect(await count('traces')).toBe(2);
    expect(await count('observations')).toBe(2);
    expect(await count('scores')).toBe(3);
    expect(await count('sessions', "id = 'alone'")).toBe(0);
    expect(await count('sessions', "id = 'shared'")).toBe(1);
    expect(await count('comments')).toBe(2);
    expect(await count('media', "id = 'only'")).toBe(0);
    expect(await count('media', "id = 'both'")).toBe(1);
    expect(removed).toHaveLength(1);
    expect(removed[0]).toContain('only');
  });

  it('keeps the counters of the project true', async () => {
    const read = () =>
      db.read<{ readonly name: string; readonly value: unknown }>(
        "SELECT name, sum(value) AS value FROM counters WHERE project_id = 'p1' GROUP BY name",
      );
    await eraseUser(ports(), scope, 'ada');
    const counters = Object.fromEntries((await read()).map((row) => [row.name, Number(row.value)]));
    expect(counters).toMatchObject({ traces: 2, observations: 2, scores: 3, sessions: 2 });
  });

  it('finds nothing the second time, nor for somebody unknown', async () => {
    await eraseUser(ports(), scope, 'ada');
    const nothing = { traces: 0, observations: 0, scores: 0, sessions: 0, comments: 0, media: 0 };
    expect(await eraseUser(ports(), scope, 'ada')).toMatchObject(nothing);
    expect(await getErasure(ports(), scope, 'nobody')).toMatchObject(nothing);
    expect(await eraseUser(ports(), { ...scope, projectId: 'p2' }, 'grace')).toMatchObject(nothing);
    expect(await count('traces')).toBe(2);
  });
});
