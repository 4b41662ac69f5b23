/** Checks 17 and 18: files and comments. Check 17 against a stub lies beside the upload command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openServerTarget, openStubTarget } from './targets.ts';

describe('against a recording stub', () => {
  let target: Awaited<ReturnType<typeof openStubTarget>>;
  beforeEach(async () => {
    target = await openStubTarget(({ method, url }) => {
      if (url === '/api/public/projects') return { json: { data: [{ id: 'p-1', name: 'house' }] } };
      return method === 'POST' ? { json: { id: 'c-1' } } : undefined;
    });
  });
  afterEach(() => target.close());

  test('check 18: project, type, object and text', async () => {
    const { code, stderr } = await target.run(['comments', 'post', 'x', '--trace-id', 'T']);
    expect([code, stderr]).toEqual([0, '']);
    expect(target.stub.calls.at(-1)).toEqual({
      method: 'POST',
      url: '/api/public/comments',
      body: { projectId: 'p-1', objectType: 'TRACE', objectId: 'T', content: 'x' },
    });
  });
});

describe('against a real server', () => {
  let target: Awaited<ReturnType<typeof openServerTarget>>;
  beforeAll(async () => {
    target = await openServerTarget();
    await target.run(['traces', 'create', 'T', '-i', 'before']);
  });
  afterAll(() => target?.close());

  test('check 17: the token is added, the same bytes are sent once, a span stays what it was', async () => {
    writeFileSync(join(target.home, 'note.txt'), 'hello');
    const span = ['traces', 'add-observation', 'T', 'o', '-ts', '-i', 'span input'];
    await target.run([...span, '--start-time', '251216143022']);
    const first = await target.run(['media', 'upload', 'note.txt', 'T', '--json']);
    const { media_id: id, media_token: token } = JSON.parse(first.stdout);
    const again = await target.run(['media', 'upload', 'note.txt', 'T', '-o', 'o', '--json']);
    expect([first.code, again.code, JSON.parse(again.stdout).media_id]).toEqual([0, 0, id]);
    const { input } = await target.read('/traces/T');
    expect(JSON.stringify(input)).toContain('before');
    expect(JSON.stringify(input)).toContain(token);
    const after = await target.read('/observations/o');
    expect(after).toMatchObject({ type: 'SPAN', startTime: '2025-12-16T14:30:22.000Z' });
    expect(JSON.stringify(after.input)).toContain('span input');
    expect(JSON.stringify(after.input)).toContain(token);
    const { url } = await target.read(`/media/${id}`);
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  test('check 18', async () => {
    await target.run(['comments', 'post', 'x', '--trace-id', 'T']);
    expect((await target.read('/comments?objectType=TRACE&objectId=T')).data).toMatchObject([
      { objectType: 'TRACE', objectId: 'T', content: 'x' },
    ]);
  });
});
