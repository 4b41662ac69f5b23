import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromptServer } from './testing.ts';
import type { PromptServer } from './testing.ts';

describe.each(openTestDatabases())('prompts over $name', ({ open }) => {
  let db: Database;
  let server: PromptServer;
  const get = (path: string, headers?: Record<string, string>) =>
    server.send('GET', `/v2/prompts/${path}`, undefined, headers);

  beforeAll(async () => {
    db = await open();
    server = await openPromptServer(db);
  });
  afterAll(async () => {
    await server.close();
    await db.close();
  });

  it('counts versions from 1, and latest is always on the newest', async () => {
    const first = await server.create('greet', 'Hello {{name}}', {
      labels: ['production'],
      config: { temperature: 0.5 },
      tags: ['b', 'a'],
      commitMessage: 'first',
    });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: expect.any(String),
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      projectId: expect.any(String),
      createdBy: 'API',
      prompt: 'Hello {{name}}',
      name: 'greet',
      version: 1,
      type: 'text',
      isActive: true,
      config: { temperature: 0.5 },
      tags: ['a', 'b'],
      labels: ['latest', 'production'],
      commitMessage: 'first',
      resolutionGraph: null,
    });
    const second = await server.create('greet', 'Hi {{name}}', { labels: ['staging', 'latest'] });
    expect(second.body).toMatchObject({
      version: 2,
      labels: ['latest', 'staging'],
      tags: ['a', 'b'],
      config: {},
      isActive: false,
    });
    const { body: old } = await get('greet?version=1');
    expect(old.labels).toEqual(['production']);
  });

  it('reads by label, by version, and production by default', async () => {
    expect((await get('greet')).body.version).toBe(1);
    expect((await get('greet?label=latest')).body.version).toBe(2);
    expect((await get('greet?version=2')).body.prompt).toBe('Hi {{name}}');
    const both = await get('greet?version=2&label=latest');
    expect(both.status).toBe(400);
    expect(both.body.error).toBe('InvalidRequestError');
    for (const [path, which] of [
      ['greet?label=nowhere', "'greet' with label 'nowhere'"],
      ['greet?version=9', "'greet' with version 9"],
      ['none', "'none' with label 'production'"],
    ]) {
      const { status, body } = await get(path ?? '');
      expect(status).toBe(404);
      expect(body).toEqual({
        message: `Prompt not found: ${which}`,
        error: 'LangfuseNotFoundError',
      });
    }
  });

  it('moves labels, and takes none away from the version', async () => {
    const moved = await server.send('PATCH', '/v2/prompts/greet/versions/2', {
      name: 'greet',
      version: 2,
      newLabels: ['production'],
    });
    expect(moved.status).toBe(200);
    expect(moved.body.labels).toEqual(['latest', 'production', 'staging']);
    expect((await get('greet?version=1')).body.labels).toEqual([]);
    const nothing = await server.send('PATCH', '/v2/prompts/greet/versions/2', { newLabels: [] });
    expect(nothing.body.labels).toEqual(['latest', 'production', 'staging']);
    const latest = await server.send('PATCH', '/v2/prompts/greet/versions/1', {
      newLabels: ['latest'],
    });
    expect(latest.status).toBe(400);
    const missing = await server.send('PATCH', '/v2/prompts/greet/versions/7', { newLabels: [] });
    expect(missing.status).toBe(404);
    const wrong = await server.send('PATCH', '/v2/prompts/greet/versions/x', { newLabels: [] });
    expect(wrong.status).toBe(400);
  });

  it('finds names in folders, encoded and as they are', async () => {
    await server.create('team/mail/ünder score', 'x', { labels: ['production'] });
    for (const path of ['team/mail/%C3%BCnder%20score', 'team%2Fmail%2F%C3%BCnder%20score/'])
      expect((await get(path)).body.name).toBe('team/mail/ünder score');
    const patched = await server.send(
      'PATCH',
      '/v2/prompts/team%2Fmail%2F%C3%BCnder%20score/versions/1',
      { newLabels: ['a'] },
    );
    expect(patched.body.labels).toEqual(['a', 'latest', 'production']);
    const raw = '/v2/prompts/team/mail/%C3%BCnder%20score';
    const again = await server.send('PATCH', `${raw}/versions/1`, { newLabels: ['b'] });
    expect(again.body.labels).toEqual(['a', 'b', 'latest', 'production']);
    for (const end of ['', '/versions/0', '/versions/x'])
      expect((await server.send('PATCH', `${raw}${end}`, { newLabels: ['c'] })).status).toBe(404);
    const removed = await server.send('DELETE', '/v2/prompts/team/mail/%C3%BCnder%20score');
    expect(removed.status).toBe(204);
    expect(removed.body).toBeUndefined();
    expect((await get('team%2Fmail%2F%C3%BCnder%20score')).status).toBe(404);
  });

  it('answers 304 to somebody who has it, until something changes', async () => {
    await server.create('tagged', 'one', { labels: ['production'] });
    const first = await get('tagged');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]+"$/);
    const again = await get('tagged', { 'if-none-match': `"other", W/${tag}` });
    expect(again.status).toBe(304);
    expect(again.body).toBeUndefined();
    expect(again.headers.get('etag')).toBe(tag);
    await server.send('PATCH', '/v2/prompts/tagged/versions/1', { newLabels: ['x'] });
    const changed = await get('tagged', { 'if-none-match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
    await server.create('tagged', 'two', { tags: ['new'] });
    expect((await get('tagged')).body.tags).toEqual(['new']);
  });

  it('keeps projects apart', async () => {
    const { createLocalPrompts } = await import('./local-prompts.ts');
    const ports = { db, clock: () => 0 };
    const api = createLocalPrompts(ports, { projectId: 'other', level: 'project', via: 'local' });
    await expect(api.getPrompt('greet')).rejects.toThrow("Prompt not found: 'greet'");
    await expect(api.deletePrompt('greet')).rejects.toThrow('Prompt not found');
    expect((await api.listPrompts()).data).toEqual([]);
    await api.createPrompt({ name: 'greet', prompt: 'theirs' });
    expect((await get('greet?label=latest')).body.prompt).toBe('Hi {{name}}');
  });
});
