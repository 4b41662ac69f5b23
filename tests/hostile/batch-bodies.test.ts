/** Malformed bodies against the batch endpoint: never a 5xx, nothing stored, nothing told about our insides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_EVENTS, toBatch, toTraceEvent, UNREADABLE } from './batch-corpus.ts';
import { listEncodedBodies } from './encodings.ts';
import { isSoak, openHostileServer } from './hostile-server.ts';
import type { Watch } from './health-watch.ts';
import type { HostileServer } from './hostile-server.ts';
import { expectNoLeak, expectNothingStored, expectStillWorking } from './refusals.ts';

const PATH = '/api/public/ingestion';

interface Outcome {
  readonly successes: readonly { readonly id: string }[];
  readonly errors: readonly {
    readonly id: string;
    readonly status: number;
    readonly error?: unknown;
  }[];
}

describe('malformed batches', () => {
  let server: HostileServer;
  let watch: Watch;
  beforeAll(async () => {
    server = await openHostileServer();
    watch = server.watch();
  });
  afterAll(() => server.stop());

  it.each(Object.entries(UNREADABLE))('is refused whole: %s', async (label, body) => {
    const answer = await expectNothingStored(server, label, () => server.post(PATH, body));
    expect(answer.status).toBe(400);
    if (label.includes('levels')) expect(answer.text).toContain('200 levels');
  });

  it.each(Object.entries(BAD_EVENTS))('is listed with its reason: %s', async (label, event) => {
    const before = server.countRows();
    const answer = await server.post(PATH, toBatch(event));
    expect(answer.status, answer.text.slice(0, 300)).toBe(207);
    const { successes, errors } = JSON.parse(answer.text) as Outcome;
    expect([successes, errors.length], label).toEqual([[], 1]);
    expect(errors[0]).toMatchObject({ status: 400, error: expect.anything() });
    expectNoLeak(answer, label, server.home);
    expect(server.countRows(), label).toEqual(before);
  });

  it('refuses encodings that lie or explode', { timeout: 300_000 }, async () => {
    const valid = toBatch(toTraceEvent('must-not-be-stored'));
    for (const { label, encoding, body, status } of await listEncodedBodies(
      valid,
      isSoak ? 512 : 64,
    )) {
      const headers = {
        'content-type': 'application/json',
        ...(encoding === '' ? {} : { 'content-encoding': encoding }),
      };
      const answer = await expectNothingStored(server, label, () =>
        server.post(PATH, Buffer.from(body), headers),
      );
      expect(answer.status, label).toBe(status);
      if (status === 413) expect(answer.text, label).toContain('4.5 MB');
    }
  });

  it('refuses 4.6 MB and names the limit; 4.4 MB pass', async () => {
    const large = toBatch(toTraceEvent('must-not-be-stored', { input: 'x'.repeat(4_600_000) }));
    const refused = await expectNothingStored(server, '4.6 MB', () => server.post(PATH, large));
    expect([refused.status, refused.text]).toEqual([413, expect.stringContaining('4.5 MB')]);
    const fitting = toBatch(toTraceEvent('large', { input: 'x'.repeat(4_400_000) }));
    expect((await server.post(PATH, fitting)).status).toBe(207);
  });

  it('takes 100,000 events in one batch, judging each', { timeout: 300_000 }, async () => {
    const count = isSoak ? 100_000 : 20_000;
    const answer = await server.post(PATH, `{"batch":[${'1,'.repeat(count - 1)}1]}`);
    expect(answer.status).toBe(207);
    expect((JSON.parse(answer.text) as Outcome).errors).toHaveLength(count);
  });

  it('answers wrong content types as what the body is', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'a',
    ]) {
      const answer = await server.post(PATH, '{"batch":[]}', { 'content-type': type });
      expect([207, 400, 415], type).toContain(answer.status);
      expectNoLeak(answer, type, server.home);
    }
  });

  it('was healthy all the time, grew little, and works', async () => {
    await expectStillWorking(server);
    const growth = server.readGrowthMb();
    const health = await watch.stop();
    console.log(`memory grew by ${growth} MB; ${JSON.stringify(health)}`);
    expect(health).toMatchObject({ failures: [], answers: expect.toSatisfy((n) => n > 10) });
    expect(health.slowestMs).toBeLessThan(2_000);
    expect(growth).toBeLessThanOrEqual(400);
  });
});
