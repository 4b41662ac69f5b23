import { systemClock } from '#base';
import { findTestRedis, openTestDatabases } from '#store/testing';
import { describe, expect, it } from 'vitest';
import { openEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { openRedisDispatcher } from './redis-dispatcher.ts';
import { addRun, testDispatcher } from './testing/dispatcher.testsuite.ts';

const redis = findTestRedis();

for (const { name, open } of openTestDatabases()) {
  testDispatcher({
    name: `embedded on ${name}`,
    openDatabase: open,
    open: async (db) => openEmbeddedDispatcher({ db, clock: systemClock }),
  });
  if (redis !== undefined && name === 'postgres') {
    testDispatcher({
      name: 'Redis beside postgres',
      openDatabase: open,
      open: async (db, prefix) =>
        openRedisDispatcher({
          db,
          clock: systemClock,
          url: redis,
          prefix,
          sweepMs: 200,
          allow: () => {},
        }),
    });
  }
}

describe('the address of Redis', () => {
  const [sqlite] = openTestDatabases();

  it.each(['', 'localhost', 'http://127.0.0.1:6379', 'redis://'])(
    'refuses %j with COAIA-0950',
    async (url) => {
      const db = await sqlite!.open();
      const open = () => openRedisDispatcher({ db, clock: systemClock, url, allow: () => {} });
      expect(open).toThrow(expect.objectContaining({ code: 'COAIA-0950' }));
      await db.close();
    },
  );

  it('asks before it connects', async () => {
    const db = await sqlite!.open();
    const asked: unknown[] = [];
    const open = () =>
      openRedisDispatcher({
        db,
        clock: systemClock,
        url: 'redis://cache.example:7000/2',
        allow(...given) {
          asked.push(given);
          throw new Error('not offline');
        },
      });
    expect(open).toThrow('not offline');
    expect(asked).toEqual([['cache.example', 7000]]);
    await db.close();
  });

  it('says what is away, and delivers what the database has', async () => {
    const db = await sqlite!.open();
    const dispatcher = openRedisDispatcher({
      db,
      clock: systemClock,
      url: 'redis://127.0.0.1:1',
      allow: () => {},
    });
    const taken: string[] = [];
    dispatcher.deliver({
      queues: () => ['test'],
      concurrency: 2,
      take: async ({ id }) => taken.push(id) > 0,
    });
    await addRun(db, { id: 'x' });
    dispatcher.announce({ projectId: 'p', id: 'x', dueAt: 0, priority: 0 });
    await expect.poll(() => dispatcher.findTrouble()).toContain('cannot be reached');
    await expect.poll(() => taken[0]).toBe('x');
    await dispatcher.close();
    await db.close();
  });
});
