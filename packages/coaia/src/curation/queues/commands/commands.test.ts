/** The same journey through a queue by command, on the embedded store and against servers on both databases. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { openTestDatabases } from '#store/testing';
import type { AnnotationQueueItem } from '@coaia/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLangfuseStub } from '../../../observability/testing/langfuse-stub.ts';
import { openRoomServer } from '../../../observability/testing/open-room-server.ts';

interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const here = {
  name: 'the embedded store',
  open: async (): Promise<Place> => ({ env: {}, close: async () => undefined }),
};
const servers = openTestDatabases().map(({ name, open }) => ({
  name: `a server on ${name}`,
  open: async (): Promise<Place> => {
    const server = await openRoomServer(await open());
    const env = {
      LANGFUSE_HOST: server.url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-own',
      LANGFUSE_SECRET_KEY: 'sk-lf-own',
    };
    return { env, close: () => server.close() };
  },
}));

describe.each([here, ...servers])('annotation queues in $name', ({ open }) => {
  let home: string;
  let place: Place;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'coaia-queues-'));
    place = await open();
    for (const id of ['t1', 't2', 't3']) await run(`fuse traces create ${id} -s chat`);
    await run('fuse score-configs create Helpful --data-type BOOLEAN');
    await run('fuse score-configs create Fluent --data-type BOOLEAN');
  });
  afterEach(async () => {
    await place.close();
    await rm(home, { recursive: true, force: true });
  });

  const run = (line: string) => runCoaia(line, { home, env: place.env });
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
  const read = async (line: string): Promise<any> => {
    const { code, stdout, stderr } = await run(`${line} --json`);
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
    return JSON.parse(stdout);
  };

  it('are made, filled, worked off and shown', async () => {
    const queue = await read('queues create review --config helpful Fluent --description "Look"');
    expect(queue).toMatchObject({ name: 'review', description: 'Look' });
    const added = await read('fuse queues add review --trace-id t1 t2 --session-id chat');
    expect(added.map((one: AnnotationQueueItem) => [one.objectType, one.objectId])).toEqual([
      ['TRACE', 't1'],
      ['TRACE', 't2'],
      ['SESSION', 'chat'],
    ]);
    const [first, second, third]: readonly string[] = added.map(
      (one: AnnotationQueueItem) => one.id,
    );
    await read(`queues complete ${first}`);
    const list = await read('annotation-queues list');
    expect(list).toMatchObject({
      data: [{ id: queue.id, pending: 2, total: 3 }],
      meta: { totalItems: 1 },
    });
    const left = await read('queues items review --status pending --all');
    const ids = left.data.map(({ id }: AnnotationQueueItem) => id);
    expect(new Set(ids)).toEqual(new Set([second, third]));
    await read(`queues complete ${first} --undo --queue review`);
    expect((await read(`queues items ${queue.id} --status completed`)).data).toEqual([]);
    await read(`queues remove ${second}`);
    await read('queues assign review ada grace');
    await read('queues unassign review ada');
    expect(await read('queues show review')).toMatchObject({
      id: queue.id,
      pending: 2,
      total: 2,
      scoreConfigs: [{ name: 'Helpful' }, { name: 'Fluent' }],
      users: ['grace'],
    });
    const { stdout } = await run('queues');
    expect(stdout).toMatch(/review\s*\|\s*2\s*\|\s*2/);
  });

  it('refuses what is not there, and says what it did before', async () => {
    await read('queues create review --config Helpful');
    const failing: readonly (readonly [string, number, string])[] = [
      ['queues create review --config Helpful', 1, 'exists already'],
      ['queues create other --config Nothing', 1, 'Score config Nothing'],
      ['queues create other', 2, '--config'],
      ['queues add review', 2, 'COAIA-2202'],
      ['queues add none --trace-id t1', 1, 'Annotation queue none'],
      ['queues show none', 1, 'coaia queues list'],
      ['queues items review --status done', 2, 'PENDING'],
      ['queues complete none', 1, 'Annotation queue item none'],
      ['queues remove none nothing', 1, 'none, nothing'],
      ['queues assign none ada', 1, 'Annotation queue none'],
    ];
    for (const [line, code, text] of failing) {
      const result = await run(line);
      expect({ line, code: result.code, stdout: result.stdout }).toEqual({
        line,
        code,
        stdout: '',
      });
      expect(result.stderr).toContain(text);
    }
    const partly = await run('queues add review --trace-id t1 none t2');
    expect({ code: partly.code, stdout: partly.stdout }).toEqual({ code: 1, stdout: '' });
    expect(partly.stderr).toContain('1 of 3 were added');
    const [item] = (await read('queues items review')).data;
    const half = await run(`queues complete ${item.id} none`);
    expect(half.stderr).toContain('Not found: none.');
    expect((await read('queues list')).data).toMatchObject([{ pending: 0, total: 1 }]);
  });

  it('takes no archived score config', async () => {
    const { stdout } = await run('fuse score-configs archive Fluent --json');
    expect(stdout).toContain('Fluent');
    const { code, stderr } = await run('queues create review --config Fluent');
    expect(code).toBe(1);
    expect(stderr).toContain('COAIA-2203');
  });
});

it('shows a queue of a server that does not tell who works on it', async () => {
  const queue = { id: 'q1', name: 'review', description: null, scoreConfigIds: ['c1'] };
  const meta = { page: 1, limit: 1, totalItems: 1, totalPages: 1 };
  const stub = await openLangfuseStub(({ url }) => {
    if (url.includes('/v1/')) return { status: 404, json: { message: 'Not found' } };
    if (url.includes('/score-configs'))
      return { json: { data: [{ id: 'c1', name: 'Helpful' }], meta } };
    if (url.includes('/items')) return { json: { data: [], meta } };
    return { json: { data: [queue], meta } };
  });
  try {
    const { code, stdout } = await runCoaia('queues show review', { env: stub.env });
    expect(code).toBe(0);
    expect(stdout).toContain('configs  Helpful');
    expect(stdout).not.toContain('people');
  } finally {
    await stub.close();
  }
});
