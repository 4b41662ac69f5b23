/** Erasing over HTTP, on both databases: a dry run tells nobody, an erasure is told. */
import type { AuditEvent } from '#access';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';
import type { ErasedUser } from './erase-user.ts';

describe.each(openTestDatabases())('erasing over HTTP on $name', ({ open }) => {
  let db: Database;
  const told: AuditEvent[] = [];
  const send = async (request: string) => {
    const audit = (event: AuditEvent) => void told.push(event);
    const api = { db, clock: () => SEED_UNTIL, blobs: {}, audit } as never;
    return (await callRoute({ api, request })).json;
  };
  const listUsers = async () =>
    (await send('GET /api/v1/projects/p1/users?limit=100')) as {
      readonly data: readonly { readonly id: string; readonly traceCount: number }[];
    };

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: 60, observationsPerTrace: 2 });
  });
  afterAll(() => db.close());

  it('counts what the list of users says, erases it, and says so', async () => {
    const [first, ...others] = (await listUsers()).data;
    const address = `DELETE /api/v1/projects/p1/users/${encodeURIComponent(first?.id ?? '')}`;
    const plan = (await send(`${address}?dryRun=true`)) as ErasedUser;
    expect(plan).toMatchObject({ dryRun: true, traces: first?.traceCount });
    expect(told).toEqual([]);
    expect((await listUsers()).data).toHaveLength(others.length + 1);
    expect(await send(address)).toEqual({ ...plan, dryRun: false });
    expect((await listUsers()).data.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
    expect(told).toMatchObject([
      { action: 'user.erase', subject: first?.id, detail: `${plan.traces} traces` },
    ]);
  });
});
