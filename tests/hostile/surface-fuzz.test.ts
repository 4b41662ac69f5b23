/**
 * Generated requests over the whole OpenAPI document: no 5xx, no hang, no answer without credentials.
 * The seed is printed; COAIA_FUZZ_SEED repeats a run. `npm run soak` sends 20,000.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiServer } from '../contract/api-server.ts';
import { prepareCases } from '../contract/operation-cases.ts';
import { PAIR } from '../contract/pair.ts';
import { createPlace, DATABASES } from '../contract/places.ts';
import type { Place } from '../contract/places.ts';
import { isSoak, openHostileServer } from './hostile-server.ts';
import type { Answer, HostileServer } from './hostile-server.ts';
import { expectNoLeak, expectStillWorking } from './refusals.ts';
import { toRequests } from './surface-requests.ts';
import type { SurfaceDocument, SurfaceRequest } from './surface-requests.ts';

const seed = Number(process.env['COAIA_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const total = isSoak ? 20_000 : 1200;

const CREDENTIALS: Readonly<Record<SurfaceRequest['as'], Record<string, string>>> = {
  key: {},
  nobody: { authorization: '' },
  stranger: { authorization: `Basic ${btoa('pk-lf-stranger:sk-lf-stranger')}` },
};

describe.each(DATABASES)('requests generated from the document on %s', (kind) => {
  let place: Place;
  let server: HostileServer;
  let requests: fc.Arbitrary<SurfaceRequest>[] = [];
  beforeAll(async () => {
    place = await createPlace(kind);
    const known = await fill(place);
    server = await openHostileServer(place);
    const { text } = await server.send('/api/v1/openapi.json');
    requests = toRequests(JSON.parse(text) as SurfaceDocument, known);
  });
  afterAll(async () => {
    await server.stop();
    await place.remove();
  });

  it('are answered or refused, and nothing else', { timeout: 3_600_000 }, async () => {
    const each = Math.ceil(total / DATABASES.length / requests.length);
    console.log(`seed ${seed}, ${each} requests for each of ${requests.length} operations`);
    const counts: Record<string, number> = {};
    for (const request of toTurns(requests, each)) {
      const answer = await send(server, request);
      check(request, answer, server.home);
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    }
    console.log(`answers by status: ${JSON.stringify(counts)}`);
    expect(counts[200]).toBeGreaterThan(each);
    await expectStillWorking(server);
  });
});

/** Makes things to meet; returns their ids. */
async function fill(place: Place): Promise<string[]> {
  const server = await openApiServer(place);
  await server.ingest(PAIR);
  const made = await prepareCases(server);
  await server.stop();
  return ['trace-a', 'generation-a', 'session-a', ...Object.values(made)];
}

/** Operations in turn rather than one after the other, so that they meet what others left. */
function toTurns(requests: readonly fc.Arbitrary<SurfaceRequest>[], each: number) {
  const lists = requests.map((one, at) => fc.sample(one, { seed: seed + at, numRuns: each }));
  return Array.from({ length: each }, (_, turn) =>
    lists.flatMap((list) => list[turn] ?? []),
  ).flat();
}

async function send(server: HostileServer, request: SurfaceRequest): Promise<Answer> {
  const { method, path, body, as } = request;
  const controller = new AbortController();
  const clock = setTimeout(() => controller.abort(new Error('no answer in 20 s')), 20_000);
  try {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      redirect: 'manual',
      signal: controller.signal,
      headers: {
        authorization: server.authorization,
        'content-type': 'application/json',
        ...CREDENTIALS[as],
      },
      ...(body === undefined ? {} : { body }),
    });
    // A stream of events never ends by itself.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isStream) await answer.body?.cancel();
    return {
      status: answer.status,
      headers: answer.headers,
      text: isStream ? '' : await answer.text(),
    };
  } catch (error) {
    throw new Error(JSON.stringify(request), { cause: error });
  } finally {
    clearTimeout(clock);
  }
}

function check(request: SurfaceRequest, answer: Answer, home: string): void {
  const label = JSON.stringify({ ...request, answer: answer.text.slice(0, 300) });
  // 501 says that something is not supported, which is an answer.
  const isFine = answer.status < 500 || answer.status === 501;
  expect(isFine, `${answer.status} ${label}`).toBe(true);
  if (request.as !== 'key' && !request.isOpen) {
    expect([400, 401, 404, 413], `${answer.status} ${label}`).toContain(answer.status);
  }
  if (answer.status >= 400) {
    const quoted = `${request.path} ${request.body ?? ''}`;
    if (!/select|insert|sqlite/i.test(quoted)) expectNoLeak(answer, label.slice(0, 500), home);
  }
}
