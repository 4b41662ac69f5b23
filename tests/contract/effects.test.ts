/**
 * Every operation that writes changes what another operation answers, on both databases; every operation that
 * reads answers something else for it; and all of it is the same after a restart. What only echoes fails here.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { readContract, toAddress } from './contract.ts';
import type { Operation } from './contract.ts';
import { CONSTANT, EFFECTS, MORE_READS, SILENT, VOLATILE } from './effect-cases.ts';
import { CASES, prepareCases } from './operation-cases.ts';
import type { Ids } from './operation-cases.ts';
import { PAIR } from './pair.ts';
import { createPlace, DATABASES } from './places.ts';
import type { Place } from './places.ts';

/** Answers of all reading operations, by method and address. */
type Snapshot = ReadonlyMap<string, string>;

const ALL: readonly Operation[] = [
  ...new Map(
    [...readContract('3.225.3'), ...readContract('4.35.0')].map((one) => [one.key, one]),
  ).values(),
].filter(({ operationId }) => CASES[operationId] !== undefined);
const READS = ALL.filter(({ method }) => method === 'GET');
const WRITES = ALL.filter(({ method }) => method !== 'GET');

const IDS = { traceId: 'trace-a', observationId: 'generation-a', sessionId: 'session-a' };

describe.each(DATABASES)('on %s', (kind) => {
  let place: Place;
  let server: ApiServer;
  let made: Ids = {};
  let last: Snapshot = new Map();
  const changed = new Set<string>();

  beforeAll(async () => {
    place = await createPlace(kind);
    server = await openApiServer(place);
    const empty = await readAll();
    await server.ingest(PAIR);
    made = await prepareCases(server);
    last = await readAll();
    for (const key of listChanges(empty, last)) changed.add(key);
  });
  afterAll(async () => {
    await server.stop();
    await place.remove();
  });

  async function readAll(): Promise<Snapshot> {
    const answers = new Map<string, string>();
    const more = MORE_READS.map((path) => [path, toAddress(path, made)] as const);
    for (const [key, path] of [
      ...READS.map((one) => [one.key, toPath(one, made)] as const),
      ...more,
    ]) {
      const { status, body } = await server.send('GET', path);
      answers.set(key, JSON.stringify([status, hideVolatile(body)]));
    }
    return answers;
  }

  async function write(operation: Operation): Promise<number> {
    const { operationId, method } = operation;
    const body = EFFECTS[operationId]?.body ?? CASES[operationId]?.body;
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return (await server.send(method, toPath(operation, made), init)).status;
  }

  test.each(WRITES)('$key is seen through another operation', async (operation) => {
    const { operationId } = operation;
    const before = EFFECTS[operationId]?.before ?? CASES[operationId]?.before;
    if (before !== undefined) {
      await before(server);
      last = await readAll();
    }
    expect(await write(operation)).toBeLessThan(300);
    const now = await readAll();
    const seen = listChanges(last, now);
    last = now;
    for (const key of seen) changed.add(key);
    expect(seen.length > 0).toBe(SILENT[operationId] === undefined);
  });

  test('every reading operation has answered differently for some write', () => {
    const constant = READS.filter(({ key }) => !changed.has(key));
    expect(constant.map(({ operationId }) => operationId).toSorted()).toEqual(
      Object.keys(CONSTANT).toSorted(),
    );
  });

  test('a restart changes no answer', async () => {
    await server.stop();
    server = await openApiServer(place);
    expect(listChanges(last, await readAll())).toEqual([]);
  });
});

function toPath(operation: Operation, made: Ids): string {
  const one = CASES[operation.operationId];
  const own = EFFECTS[operation.operationId]?.ids;
  const path = toAddress(operation.path, { ...IDS, ...made, ...one?.ids, ...own });
  const query = one?.query?.(made);
  return query === undefined ? path : `${path}?${query}`;
}

/** Reading operations whose answers differ. */
function listChanges(before: Snapshot, after: Snapshot): string[] {
  return [...after].filter(([key, answer]) => before.get(key) !== answer).map(([key]) => key);
}

/** Signed addresses and times of expiry are made anew by every answer. */
function hideVolatile(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideVolatile);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !VOLATILE.has(name))
      .map(([name, part]) => [name, hideVolatile(part)]),
  );
}
