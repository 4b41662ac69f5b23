import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromptServer } from './testing.ts';
import type { PromptServer } from './testing.ts';

describe.each(openTestDatabases())('rules of prompts over $name', ({ open }) => {
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

  it.each(['', 'a|b', '/a', 'a/', 'a//b', 'new', 'metrics', 'x'.repeat(256), 'a\tb'])(
    'refuses the name %j',
    async (name) => {
      const { status, body } = await server.create(name, 'x');
      expect({ status, error: body.error }).toEqual({ status: 400, error: 'InvalidRequestError' });
    },
  );

  it.each(['Upper', 'a b', 'x'.repeat(37), 'ä', ''])('refuses the label %j', async (label) => {
    expect((await server.create('labels', 'x', { labels: [label] })).status).toBe(400);
  });

  it('takes the longest name and every character of labels', async () => {
    const made = await server.create('x'.repeat(255), 'x', { labels: ['a-b_c.9', 'a-b_c.9'] });
    expect(made.body.labels).toEqual(['a-b_c.9', 'latest']);
  });

  it('fixes text or chat by the first version', async () => {
    await server.create('fixed', 'text');
    const chat = await server.create('fixed', 'x', {
      type: 'chat',
      prompt: [{ role: 'user', content: 'x' }],
    });
    expect(chat.status).toBe(400);
    expect(chat.body.message).toContain('text prompt since its first version');
    expect((await server.create('fixed', 'x', { type: 'chat' })).status).toBe(400);
    const list = await server.send('POST', '/v2/prompts', {
      name: 'other',
      prompt: [{ role: 'user', content: 'x' }],
    });
    expect(list.status).toBe(400);
  });

  it('keeps variables and placeholders apart', async () => {
    const { status, body } = await server.send('POST', '/v2/prompts', {
      name: 'both',
      type: 'chat',
      prompt: [
        { role: 'user', content: '{{ history }}' },
        { type: 'placeholder', name: 'history' },
      ],
    });
    expect(status).toBe(400);
    expect(body.message).toContain('history');
  });

  it('counts tags of the name: absent keeps, empty clears', async () => {
    await server.create('tags', '1', { tags: ['x'] });
    await server.create('tags', '2', { tags: null });
    expect((await server.send('GET', '/v2/prompts/tags?version=1')).body.tags).toEqual(['x']);
    await server.create('tags', '3', { tags: [] });
    expect((await server.send('GET', '/v2/prompts/tags?version=1')).body.tags).toEqual([]);
  });

  it('gives latest to the highest that remains', async () => {
    await server.create('gone', '1', { labels: ['a'] });
    await server.create('gone', '2', { labels: ['b'] });
    expect((await server.send('DELETE', '/v2/prompts/gone?label=b')).status).toBe(204);
    const { body } = await server.send('GET', '/v2/prompts/gone?label=latest');
    expect(body).toMatchObject({ version: 1, labels: ['a', 'latest'] });
    expect((await server.send('DELETE', '/v2/prompts/gone?label=b')).status).toBe(404);
    expect((await server.send('DELETE', '/v2/prompts/gone?version=5')).status).toBe(404);
    expect((await server.send('DELETE', '/v2/prompts/gone')).status).toBe(204);
    expect((await server.send('DELETE', '/v2/prompts/gone')).status).toBe(404);
    expect((await server.create('gone', 'again')).body.version).toBe(1);
  });

  it('numbers versions that are made at once one after the other', async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, index) => server.create('busy', `${index}`)),
    );
    const versions = made.map(({ body }) => body.version as number);
    expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const { body } = await server.send('GET', '/v2/prompts?name=busy');
    expect(body.data[0].labels).toEqual(['latest']);
  });

  it('answers the first API', async () => {
    const made = await server.send('POST', '/prompts', {
      name: 'old ways',
      prompt: 'v1',
      isActive: true,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ isActive: true, labels: ['latest', 'production'] });
    const draft = { name: 'old ways', prompt: 'v2', isActive: false };
    expect((await server.send('POST', '/prompts', draft)).body.isActive).toBe(false);
    const get = (search: string) => server.send('GET', `/prompts/?name=old%20ways${search}`);
    expect((await get('')).body.prompt).toBe('v1');
    expect((await get('&version=2')).body.prompt).toBe('v2');
    expect((await server.send('GET', '/prompts?name=none')).status).toBe(404);
    expect((await server.send('GET', '/prompts')).status).toBe(400);
  });
});
