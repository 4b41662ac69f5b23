/** Feedback on both databases: kept, read back, and only by its own project. */
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';

describe.each(openTestDatabases())('feedback over $name', ({ open }) => {
  let db: Database;
  let now = Date.parse('2026-03-01T00:00:00Z');
  const call = async (request: string, body?: unknown, projectId = 'p1') => {
    now += 1000;
    const scope = { projectId, level: 'project', via: 'key' } as const;
    return callRoute({ api: { db, clock: () => now }, request, body, scope });
  };

  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  it('is kept in the project it came from', async () => {
    const body = { targetType: 'cli', target: 'fuse traces', feedback: 'Good.' };
    const first = await call('POST /api/public/feedback', body);
    expect(first).toEqual({ status: 201, json: { id: expect.any(String) } });
    await call('POST /api/public/feedback', { ...body, feedback: 'Better.', goal: 'try' });
    await call('POST /api/public/feedback', { ...body, feedback: 'Other.' }, 'p2');
    const { json } = await call('GET /api/v1/projects/p1/feedback?limit=1');
    expect(json).toMatchObject({
      data: [{ feedback: 'Better.', goal: 'try', referenceUrl: null, targetType: 'cli' }],
      meta: { page: 1, limit: 1, totalItems: 2, totalPages: 2 },
    });
  });

  it.each([
    { targetType: 'cat', target: 'x', feedback: 'y' },
    { targetType: 'cli', target: 'x', feedback: '' },
    { targetType: 'cli', target: 'x', feedback: 'y', referenceUrl: 'file:///etc/hosts' },
  ])('refuses %j', async (body) => {
    await expect(call('POST /api/public/feedback', body)).rejects.toThrow();
  });
});
