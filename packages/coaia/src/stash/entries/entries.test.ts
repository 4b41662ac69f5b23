import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStash } from './entries.ts';

describe.each(openTestDatabases())('entries on $name', ({ open }) => {
  let db: Database;
  let now = 1_000;

  beforeEach(async () => {
    now = 1_000;
    db = await open();
  });
  afterEach(() => db.close());

  it('keeps texts apart by project, replaces them, and forgets them in time', async () => {
    const own = openStash(db, 'p1', () => now);
    const other = openStash(db, 'p2', () => now);
    await own.write('a', 'one');
    await own.write('b', 'short', 500);
    expect([await own.read('a'), await own.read('b'), await other.read('a')]).toEqual([
      'one',
      'short',
      undefined,
    ]);
    await own.write('a', 'two');
    now = 1_500;
    expect([await own.read('a'), await own.read('b')]).toEqual(['two', undefined]);
  });
});
