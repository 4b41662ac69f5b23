import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { followChanges, type FeedMessage } from './follow-changes.ts';
import { addChange, createPending, toChangeMessage } from './pending-changes.ts';
import { kickChanges } from './poller.ts';

type Kind = 'trace' | 'trace-deleted' | 'session' | 'score' | 'model';

describe.each(openTestDatabases())('changes over $name', ({ open }) => {
  let db: Database;
  let ended: AbortController;
  const follow = (seq?: number, project = 'p1') =>
    followChanges({ db, clock: Date.now }, project, { seq }, ended.signal);
  const commit = (project: string, kind: Kind, ...ids: readonly string[]) =>
    db.write((tx) =>
      tx.addChanges(
        project,
        ids.map((id) => ({ kind, id })),
      ),
    );
  const take = async (feed: AsyncGenerator<FeedMessage, void>) => {
    const next = await feed.next();
    if (next.done === true) throw new Error('the feed has ended');
    return next.value;
  };

  beforeEach(async () => {
    db = await open();
    ended = new AbortController();
  });
  afterEach(async () => {
    ended.abort();
    await db.close();
  });

  it('tells what is committed after the hello, of its own project only', async () => {
    await commit('p1', 'trace', 'before');
    const feed = follow();
    expect(await take(feed)).toMatchObject({ kind: 'hello', complete: true });
    await commit('p2', 'trace', 'foreign');
    await commit('p1', 'trace', 'a', 'b');
    expect(await take(feed)).toMatchObject({
      kind: 'change',
      traces: ['a', 'b'],
      sessions: [],
      deleted: [],
      models: [],
    });
    await feed.return();
  });

  it('gathers what comes while the reader is away, each id once', async () => {
    const feed = follow();
    await take(feed);
    await commit('p1', 'trace', 'a');
    const first = await take(feed);
    await commit('p1', 'score', 'a');
    await commit('p1', 'trace', 'c', 'a');
    await commit('p1', 'session', 's');
    await commit('p1', 'model', 'cars');
    await commit('p1', 'trace-deleted', 'c');
    kickChanges(db);
    const seen: FeedMessage[] = [first];
    while (!seen.some((one) => one.kind === 'change' && one.deleted.includes('c')))
      seen.push(await take(feed));
    const traces = seen.flatMap((one) => (one.kind === 'change' ? one.traces : []));
    expect(new Set(traces).isSubsetOf(new Set(['a', 'c']))).toBe(true);
    expect(seen.flatMap((one) => (one.kind === 'change' ? one.sessions : []))).toEqual(['s']);
    expect(seen.flatMap((one) => (one.kind === 'change' ? one.models : []))).toEqual(['cars']);
    await feed.return();
  });

  it('resumes where a reader stopped', async () => {
    const first = follow();
    const hello = await take(first);
    await commit('p1', 'trace', 'a');
    await take(first);
    await first.return();
    await commit('p1', 'trace', 'b');
    const again = follow(hello.seq);
    expect(await take(again)).toMatchObject({ kind: 'hello', complete: true, resume: hello.seq });
    expect(await take(again)).toMatchObject({ kind: 'change', traces: ['a', 'b'] });
    await again.return();
  });

  it('begins some time ago, for a page that read before it listened', async () => {
    await commit('p1', 'trace', 'old');
    await db.write((tx) => tx.run('UPDATE changes SET at = at - 60000'));
    await commit('p1', 'trace', 'a');
    const ago = (ageMs: number) =>
      followChanges({ db, clock: Date.now }, 'p1', { ageMs }, ended.signal);
    const feed = ago(30_000);
    const hello = await take(feed);
    expect(hello).toMatchObject({ kind: 'hello', complete: true });
    expect(await take(feed)).toMatchObject({ kind: 'change', traces: ['a'] });
    await feed.return();
    const both = ago(90_000);
    await take(both);
    expect(await take(both)).toMatchObject({ kind: 'change', traces: ['old', 'a'] });
    await both.return();
    const none = ago(0);
    expect(await take(none)).toMatchObject({
      complete: true,
      resume: (hello as { seq: number }).seq,
    });
    await none.return();
  });

  it('says when it cannot tell everything that was missed', async () => {
    await commit('p1', 'trace', 'a', 'b', 'c');
    await db.write((tx) => tx.run('DELETE FROM changes WHERE seq <= 2'));
    expect(await take(follow(0))).toMatchObject({ complete: false });
    expect(await take(follow(999_999))).toMatchObject({ complete: false });
  });

  it('asks the store only while somebody listens', async () => {
    let asked = 0;
    const changeToken = () => {
      asked++;
      return db.changeToken();
    };
    const counting: Database = { ...db, changeToken };
    const feed = followChanges({ db: counting, clock: Date.now }, 'p1', {}, ended.signal);
    await feed.next();
    await expect.poll(() => asked).toBeGreaterThan(1);
    await feed.return();
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(asked).toBe(before);
  });

  it('streams server-sent events until the reader goes', async () => {
    const { response } = await callRoute({
      api: { db, clock: Date.now },
      request: 'GET /api/v1/projects/p1/events',
    });
    expect(response?.headers.get('content-type')).toContain('text/event-stream');
    const reader = response?.body?.getReader();
    if (reader === undefined) throw new Error('no body');
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) text += new TextDecoder().decode((await reader.read()).value);
    };
    await until('event: hello');
    await commit('p1', 'trace', 't9');
    await until('event: change');
    expect(text).toMatch(
      /event: change\nid: \d+\ndata: \{"seq":\d+,"traces":\["t9"\],"sessions":\[\],"deleted":\[\],"models":\[\]\}\n\n/,
    );
    await reader.cancel();
  });
});

describe('pending changes', () => {
  const row = (seq: number, kind: Kind, id: string) => ({
    seq,
    kind,
    subject_id: id,
    project_id: 'p1',
    at: 0,
  });

  it('lets the last word on a trace count', () => {
    const pending = createPending();
    addChange(pending, row(1, 'trace', 'a'));
    addChange(pending, row(2, 'trace-deleted', 'a'));
    addChange(pending, row(3, 'trace-deleted', 'b'));
    addChange(pending, row(4, 'trace', 'b'));
    expect(toChangeMessage(pending)).toEqual({
      seq: 4,
      traces: ['b'],
      sessions: [],
      deleted: ['a'],
      models: [],
    });
  });
});
