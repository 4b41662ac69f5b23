/** Malformed OTLP: never a 5xx, all or nothing, limits by name; odd attributes are stored and readable. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEncodedBodies } from './encodings.ts';
import { isSoak, openHostileServer } from './hostile-server.ts';
import type { Watch } from './health-watch.ts';
import type { HostileServer } from './hostile-server.ts';
import { BAD_JSON, BAD_PROTOBUF, ODD_ATTRIBUTES, toOtlp, toProtobuf } from './otlp-corpus.ts';
import { expectNoLeak, expectNothingStored, expectStillWorking } from './refusals.ts';

const PATH = '/api/public/otel/v1/traces';
const PROTOBUF = { 'content-type': 'application/x-protobuf' };

describe('malformed OTLP', () => {
  let server: HostileServer;
  let watch: Watch;
  beforeAll(async () => {
    server = await openHostileServer();
    watch = server.watch();
  });
  afterAll(() => server.stop());

  it.each(Object.entries(BAD_JSON))('is refused whole (JSON): %s', async (label, body) => {
    const answer = await expectNothingStored(server, label, () => server.post(PATH, body));
    expect(answer.status).toBe(400);
    if (label.includes('levels')) expect(answer.text).toContain('160 levels');
  });

  it.each(Object.entries(BAD_PROTOBUF))('is refused whole (protobuf): %s', async (label, body) => {
    const answer = await expectNothingStored(server, label, () =>
      server.post(PATH, Uint8Array.from(body), PROTOBUF),
    );
    expect(answer.status).toBe(400);
  });

  it('refuses every truncation of a protobuf message, or reads it as a shorter one', async () => {
    const whole = toProtobuf();
    for (let length = 1; length < whole.length; length++) {
      const label = `cut to ${length} bytes`;
      const cut = Uint8Array.from(whole.subarray(0, length));
      const answer = await expectNothingStored(server, label, () =>
        server.post(PATH, cut, PROTOBUF),
      );
      expect(answer.status, label).toBe(400);
    }
  });

  it('refuses content types that are neither JSON nor protobuf', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/grpc', 'x'.repeat(5_000)]) {
      const answer = await expectNothingStored(server, type.slice(0, 20), () =>
        server.post(PATH, toOtlp(), { 'content-type': type }),
      );
      expect(answer.status).toBe(400);
    }
    const answer = await server.post(PATH, Uint8Array.from(toProtobuf()), {
      'content-type': 'application/json',
    });
    expect(answer.status).toBe(400);
  });

  it('refuses encodings that lie or explode', { timeout: 300_000 }, async () => {
    for (const { label, encoding, body, status } of await listEncodedBodies(
      toOtlp(),
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
      if (status === 413) expect(answer.text, label).toContain('16 MB');
    }
  });

  it(
    'refuses more than 16 MB while they arrive, and names the limit',
    { timeout: 120_000 },
    async () => {
      const size = isSoak ? 100_000_000 : 17_000_000;
      const large = toOtlp({ name: 'x'.repeat(size) });
      const refused = await expectNothingStored(server, 'too large', () =>
        server.post(PATH, large),
      );
      expect([refused.status, refused.text]).toEqual([413, expect.stringContaining('16 MB')]);
    },
  );

  it('stores odd attributes, and the traces can be read', async () => {
    for (const [index, [label, attributes]] of Object.entries(ODD_ATTRIBUTES).entries()) {
      const traceId = (index + 1).toString(16).padStart(32, 'a');
      const answer = await server.post(PATH, toOtlp({ traceId }, attributes));
      expect([label, answer.status, answer.text]).toEqual([label, 200, '{}']);
      const read = await server.send(`/api/public/traces/${traceId}`);
      expect([label, read.status]).toEqual([label, 200]);
      expectNoLeak(answer, label, server.home);
    }
    const list = await server.send('/api/public/traces?limit=100');
    expect(list.status).toBe(200);
    expect(JSON.parse(list.text)).toMatchObject({
      meta: { totalItems: server.countRows()['traces'] },
    });
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
