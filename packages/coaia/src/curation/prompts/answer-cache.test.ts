import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../store/index.ts';
import { openPromptServer } from './testing.ts';
import type { PromptServer } from './testing.ts';

describe.each(openTestDatabases())('reads of prompts over $name', ({ open }) => {
  let db: Database;
  let server: PromptServer;
  beforeAll(async () => {
    db = await open();
    server = await openPromptServer(db);
  });
  afterAll(async () => {
    await server.close();
    await db.close();
  });
  const read = async (search = '') => (await server.send('GET', `/v2/prompts/seen${search}`)).body;

  it('see every change at once, whichever connection made it', async () => {
    await server.create('seen', 'v1', { labels: ['production'] });
    for (let version = 2; version <= 30; version++) {
      expect((await read()).version).toBe(version - 1);
      expect((await read()).version).toBe(version - 1);
      await server.create('seen', `v${version}`, { labels: ['production'] });
    }
    const { location, dialect } = await db.info();
    if (dialect !== 'sqlite') return;
    expect((await read()).prompt).toBe('v30');
    const other = await openDatabase(
      { kind: 'sqlite', path: location },
      { mode: 'process', migrate: 'never' },
    );
    await other.write((tx) => tx.run(`UPDATE prompts SET prompt = '"elsewhere"'`));
    await other.close();
    expect((await read()).prompt).toBe('elsewhere');
  });

  it('tell labels, versions and raw texts apart', async () => {
    await server.create('seen', 'newest');
    expect((await read('?label=latest')).version).toBe(31);
    expect((await read()).version).toBe(30);
    expect((await read('?version=1')).version).toBe(1);
    expect((await server.send('GET', '/v2/prompts/seen?label=none')).status).toBe(404);
    expect((await read('?label=latest')).version).toBe(31);
  });
});
