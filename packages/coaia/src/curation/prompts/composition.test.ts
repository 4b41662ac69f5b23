import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromptServer } from './testing.ts';
import type { PromptServer } from './testing.ts';

const include = (name: string, which: string) => `@@@langfusePrompt:name=${name}|${which}@@@`;

describe.each(openTestDatabases())('composition over $name', ({ open }) => {
  let db: Database;
  let server: PromptServer;
  const get = (path: string) => server.send('GET', `/v2/prompts/${path}`);

  beforeAll(async () => {
    db = await open();
    server = await openPromptServer(db);
    await server.create('parts/tone', 'Be kind.', { labels: ['production'] });
    await server.create('parts/base', `${include('parts/tone', 'label=production')} Stay short.`);
    await server.create('parts/chat', 'unused');
  });
  afterAll(async () => {
    await server.close();
    await db.close();
  });

  it('puts parts in, and says what came from where', async () => {
    const part = include('parts/base', 'version=1');
    const made = await server.send('POST', '/v2/prompts', {
      name: 'whole',
      type: 'chat',
      prompt: [
        { role: 'system', content: `${part}\n"${part}"` },
        { type: 'placeholder', name: 'history' },
        { role: 'user', content: '{{question}}', name: 'kept' },
      ],
      labels: ['production'],
    });
    expect(made.status).toBe(201);
    const { body } = await get('whole');
    expect(body.prompt).toEqual([
      { role: 'system', content: 'Be kind. Stay short.\n"Be kind. Stay short."' },
      { type: 'placeholder', name: 'history' },
      { role: 'user', content: '{{question}}', name: 'kept' },
    ]);
    const reference = (name: string) => ({ name, version: 1, id: expect.any(String) });
    expect(body.resolutionGraph.root).toEqual({ name: 'whole', version: 1, id: body.id });
    expect(body.resolutionGraph.dependencies[body.id]).toEqual([reference('parts/base')]);
    expect(Object.values(body.resolutionGraph.dependencies)).toContainEqual([
      reference('parts/tone'),
    ]);
    const raw = await get('whole?resolve=false');
    expect(raw.body.prompt[0].content).toBe(`${part}\n"${part}"`);
    expect(raw.body.resolutionGraph).toBeNull();
  });

  it('follows labels as they move, and the tag with them', async () => {
    const before = await get('whole');
    await server.create('parts/tone', 'Be $& strict.', { labels: ['production'] });
    const after = await get('whole');
    expect(after.body.prompt[0].content).toContain('Be $& strict. Stay short.');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  it.each([
    ['a missing name', include('nowhere', 'version=1'), /nowhere.*missing/],
    ['a missing label', include('parts/tone', 'label=nowhere'), /label nowhere.*missing/],
    ['a chat prompt', include('whole', 'label=production'), /only text prompts/],
  ])('refuses %s when it is written', async (_, prompt, message) => {
    const { status, body } = await server.create('wrong', prompt);
    expect(status).toBe(400);
    expect(body.error).toBe('InvalidRequestError');
    expect(body.message).toMatch(message);
    expect((await get('wrong?label=latest')).status).toBe(404);
  });

  it('refuses a circle, also one that a label would close', async () => {
    await server.create('ring/a', 'start', { labels: ['on'] });
    await server.create('ring/b', include('ring/a', 'label=on'), { labels: ['on'] });
    const closing = await server.create('ring/a', include('ring/b', 'label=on'), {
      labels: ['on'],
    });
    expect(closing.status).toBe(400);
    expect(closing.body.message).toMatch(/includes itself/);
    expect((await get('ring/a?label=on')).body.version).toBe(1);
    // Without the label it is no circle yet; moving the label makes it one, which reading says.
    const open_ = await server.create('ring/a', include('ring/b', 'label=on'));
    expect(open_.status).toBe(201);
    await server.send('PATCH', '/v2/prompts/ring%2Fa/versions/2', { newLabels: ['on'] });
    const read = await get('ring/b?label=on');
    expect(read.status).toBe(409);
    expect(read.body.error).toBe('LangfuseConflictError');
    expect((await get('ring/b?label=on&resolve=false')).status).toBe(200);
  });

  it('goes five levels deep and no deeper', async () => {
    await server.create('deep/0', 'ground');
    for (let level = 1; level <= 6; level++) {
      const { status } = await server.create(
        `deep/${level}`,
        `${level} ${include(`deep/${level - 1}`, 'version=1')}`,
      );
      expect({ level, status }).toEqual({ level, status: level <= 5 ? 201 : 400 });
    }
    expect((await get('deep/5?version=1')).body.prompt).toBe('5 4 3 2 1 ground');
  });

  it('does not grow without end', async () => {
    await server.create('big/0', 'x'.repeat(20_000));
    await server.create('big/1', include('big/0', 'version=1').repeat(100));
    const { status, body } = await server.create(
      'big/2',
      include('big/1', 'version=1').repeat(100),
    );
    expect(status).toBe(400);
    expect(body.message).toMatch(/grows beyond/);
  });

  it('keeps what others include', async () => {
    const used = await server.send('DELETE', '/v2/prompts/parts%2Fbase?version=1');
    expect(used.status).toBe(400);
    expect(used.body.message).toContain('whole v1');
    expect((await server.send('DELETE', '/v2/prompts/parts%2Ftone?label=production')).status).toBe(
      400,
    );
    expect((await server.send('DELETE', '/v2/prompts/parts%2Ftone?version=1')).status).toBe(204);
    expect((await server.send('DELETE', '/v2/prompts/whole')).status).toBe(204);
    expect((await server.send('DELETE', '/v2/prompts/parts%2Fbase')).status).toBe(204);
  });
});
