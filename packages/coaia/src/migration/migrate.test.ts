import { once } from 'node:events';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../observability/testing/open-room-server.ts';
import type { RoomServer } from '../observability/testing/open-room-server.ts';
import { fillSource } from './testing/fill-source.ts';
import type { Filled } from './testing/fill-source.ts';
import { asEventsOnly, openSourceProxy } from './testing/source-proxy.ts';
import type { Intercept, SourceProxy } from './testing/source-proxy.ts';
import { openTarget } from './testing/target.ts';
import type { MigrationTarget } from './testing/target.ts';

interface Counted {
  readonly kind: string;
  readonly read: number;
  readonly written: number;
  readonly isResumed: boolean;
}

const countsOf = (stdout: string) =>
  Object.fromEntries(
    (JSON.parse(stdout).kinds as readonly Counted[]).map((one) => [one.kind, one.written]),
  );

/** The other kind of store than the source has. */
const OTHER = { sqlite: 'postgres', postgres: 'sqlite' } as const;

describe.each(openTestDatabases())('copying from a server on $name', ({ name, open }) => {
  let source: RoomServer;
  let filled: Filled;
  let target: MigrationTarget;
  let proxy: SourceProxy;
  let intercept: Intercept;

  beforeEach(async () => {
    source = await openRoomServer(await open());
    filled = await fillSource(source);
    target = await openTarget(OTHER[name]);
    intercept = () => undefined;
    proxy = await openSourceProxy(source.url, (path, count) => intercept(path, count));
  });
  afterEach(async () => {
    await proxy.close();
    await source.close();
    await target.close();
  });

  const diff = () => target.run('diff', 'langfuse', '--from', proxy.url, '--json');
  const migrate = (...more: readonly string[]) =>
    target.run('migrate', 'langfuse', '--from', proxy.url, '--json', ...more);

  it('copies every kind, finds nothing to do again, and the diff names what changes later', async () => {
    const first = await migrate();
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('traces: 60 read')]);
    expect(countsOf(first.stdout)).toEqual({
      'score-configs': 1,
      models: 1,
      prompts: 12,
      datasets: 2,
      'dataset-items': 102,
      traces: 60,
      observations: 120,
      sessions: 2,
      'dataset-runs': 1,
      scores: 5,
      comments: 3,
      'annotation-queues': 1,
      media: 1,
    });
    expect((await migrate()).code).toBe(0);
    const equal = await diff();
    expect([equal.code, JSON.parse(equal.stdout).isEqual]).toEqual([0, true]);

    await source.send('POST', '/ingestion', {
      batch: [
        {
          id: 'later',
          type: 'span-update',
          timestamp: new Date().toISOString(),
          body: { id: 'span-7', traceId: 'trace-7', output: 'changed', level: 'WARNING' },
        },
      ],
    });
    await source.send('PATCH', '/v2/prompts/chat/versions/1', { newLabels: ['production'] });
    await source.send('DELETE', '/scores/s5');
    const changed = await diff();
    expect(changed.code).toBe(1);
    const kinds = (JSON.parse(changed.stdout).kinds as readonly Record<string, unknown>[]).filter(
      ({ missing, extra, different }) => [missing, extra, different].flat().length > 0,
    );
    expect(kinds).toMatchObject([
      { kind: 'prompts', different: [{ id: 'chat', fields: ['version 1'] }] },
      { kind: 'observations', different: [{ id: 'span-7', fields: ['level', 'output'] }] },
      { kind: 'scores', extra: ['s5'] },
    ]);
    await migrate();
    const rest = JSON.parse((await diff()).stdout).kinds as readonly { different: unknown[] }[];
    expect(rest.flatMap(({ different }) => different)).toEqual([]);
  });

  it('goes on after kill -9 at the last page that was stored', async () => {
    const started: { child?: ReturnType<MigrationTarget['start']> } = {};
    intercept = (path) => {
      if (!/\/observations\?.*page=2/.test(path)) return undefined;
      started.child?.kill('SIGKILL');
      return { status: 503 };
    };
    started.child = target.start('migrate', 'langfuse', '--from', proxy.url);
    const [, signal] = await once(started.child, 'exit');
    expect(signal).toBe('SIGKILL');
    intercept = () => undefined;
    const before = proxy.requests.length;
    const again = await migrate();
    expect(again.code).toBe(0);
    const reads = proxy.requests.slice(before);
    const isStored = (path: string) =>
      /\/(?:v2\/prompts|dataset-items|traces)\?.*limit=\d\d/.test(path);
    expect(reads.filter(isStored)).toEqual([]);
    expect(reads.find((path) => path.includes('/observations?'))).toContain('page=2');
    expect(countsOf(again.stdout)).toMatchObject({ traces: 60, observations: 120, prompts: 12 });
    expect((await diff()).code).toBe(0);
  });

  it('copies from a server that lost the reads of version 3', async () => {
    intercept = asEventsOnly;
    const { code, stdout } = await migrate();
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { kinds: readonly { kind: string; note?: string }[] };
    expect(report.kinds.filter(({ note }) => note !== undefined).map(({ kind }) => kind)).toEqual([
      'traces',
      'sessions',
      'dataset-runs',
      'scores',
    ]);
    expect(countsOf(stdout)).toMatchObject({ observations: 120, scores: 5, 'dataset-runs': 1 });
    const equal = await diff();
    expect([equal.code, equal.stdout]).toEqual([0, expect.stringContaining('"isEqual": true')]);
    const trace = await target.run('fuse', 'traces', 'trace-view', 'trace-4', '--json');
    expect(JSON.parse(trace.stdout)).toMatchObject({
      name: 'name 4',
      userId: 'user-1',
      sessionId: 'session-0',
      input: { question: 4 },
    });
  });

  it('keeps the pauses a server asks for', async () => {
    let refused = 0;
    intercept = (path) => {
      if (!path.startsWith('/api/public/score-configs') || refused >= 2) return undefined;
      refused++;
      return { status: 429, headers: { 'retry-after': '0' } };
    };
    expect((await migrate('--only', 'score-configs')).code).toBe(0);
    expect(refused).toBe(2);
  });

  it('reports a file that cannot be had, and brings it the next time', async () => {
    intercept = (path) =>
      path.startsWith(`/api/public/media/${filled.mediaId}`) ? { status: 404 } : undefined;
    const partial = await migrate('--only', 'traces,media');
    expect([partial.code, JSON.parse(partial.stdout).gaps]).toEqual([
      5,
      [
        {
          kind: 'media',
          id: filled.mediaId,
          reason: 'the other server does not have the file',
        },
      ],
    ]);
    intercept = () => undefined;
    expect((await migrate('--only', 'media')).code).toBe(0);
  });

  it('reports a kind that the server refuses, copies the others, and brings it the next time', async () => {
    intercept = (path) =>
      path.startsWith('/api/public/comments')
        ? { status: 403, body: { message: 'not with this plan', error: 'ForbiddenError' } }
        : undefined;
    const partial = await migrate();
    expect([partial.code, countsOf(partial.stdout)]).toMatchObject([5, { comments: 0, media: 1 }]);
    expect(JSON.parse(partial.stdout).gaps).toMatchObject([
      { kind: 'comments', id: '*', reason: expect.stringContaining('not with this plan') },
    ]);
    intercept = () => undefined;
    const before = proxy.requests.length;
    const rest = await migrate();
    expect([rest.code, countsOf(rest.stdout)]).toMatchObject([0, { comments: 3, traces: 60 }]);
    expect(proxy.requests.slice(before).some((path) => path.includes('/v2/prompts'))).toBe(false);
  });

  it('writes nothing in a dry run and says when keys are missing', async () => {
    const dry = await migrate('--dry-run', '--since', '2026-01-05T10:30:00Z');
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.stdout).kinds).toContainEqual(
      expect.objectContaining({ kind: 'traces', read: 30 }),
    );
    expect(JSON.parse((await target.run('fuse', 'traces', 'list', '--json')).stdout)).toEqual([]);
    const refused = await target.run(
      'migrate',
      'langfuse',
      '--from',
      proxy.url,
      '--keys',
      'no.env',
    );
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('COAIA-0850')]);
  });
});
