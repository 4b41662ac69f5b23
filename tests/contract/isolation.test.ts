/**
 * Projects do not see each other: every route and verb is called as project B with ids of project A, in the address,
 * in the query and in the body, and must answer as it does to an id that nobody has. Made from the route table, so
 * that routes yet to come are covered; what could not be tried is said in one line.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabases } from '../../packages/coaia/src/store/open-test-database.ts';
import type { Database } from '../../packages/coaia/src/store/index.ts';
import type { Route } from '../../packages/coaia/src/surface/index.ts';
import { event } from './api-server.ts';
import { openTenants, resetTenantB, TENANT_B } from './isolation/open-tenants.ts';
import type { Tenants } from './isolation/open-tenants.ts';
import { listEmptyTables, readOwnedIds, readRows } from './isolation/owned.ts';
import type { OwnedId } from './isolation/owned.ts';
import { listReplays } from './isolation/replays.ts';
import type { Replay } from './isolation/replays.ts';
import { prepareCases } from './operation-cases.ts';
import { PAIR } from './pair.ts';

const PROJECT_A = 'default';

/** Routes that are not asked: streams that do not end. */
const NOT_ASKED: ReadonlySet<string> = new Set(['page.events']);

/** Opens both tenants and makes what A owns. */
async function openFilled(db: Database) {
  const tenants = await openTenants(db);
  const before = new Set((await readOwnedIds(db, TENANT_B)).map(({ value }) => value));
  await tenants.a.ingest(PAIR);
  await prepareCases(tenants.a);
  const owned = (await readOwnedIds(db, PROJECT_A)).filter(({ value }) => !before.has(value));
  return { tenants, owned };
}

/** A word of the same form that nobody uses. */
function toUnknown(word: string): string {
  const pick = (letters: string) => letters[Math.floor(Math.random() * letters.length)] ?? 'x';
  const isHex = /^[0-9a-f-]+$/.test(word);
  return word
    .replaceAll(/[a-z]/g, () => pick(isHex ? 'abcdef' : 'bcdfghjklmnpqrstvwxz'))
    .replaceAll(/[A-Z]/g, () => pick('BCDFGHJKLMNPQRSTVWXZ'))
    .replaceAll(/[0-9]/g, () => pick('23456789'));
}

/** What is new in every answer: times, ids, secrets. */
function toStable(text: string, words: readonly string[]): string {
  const escaped = words
    .flatMap((word) => [word, encodeURIComponent(word)])
    .map((one) => RegExp.escape(one))
    .join('|');
  return text
    .replaceAll(new RegExp(`(?<!\\w)(?:${escaped})(?!\\w)`, 'g'), 'WORD')
    .replaceAll(/media-content\/[\w.-]+/g, 'SIGNED')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/[0-9a-f]{16,}/g, 'HEX')
    .replaceAll(/sk-lf-\.\.\.\w+/g, 'SECRET');
}

async function ask(
  tenants: Tenants,
  { route, toRequest }: Replay,
  words: readonly string[],
  others: readonly string[],
): Promise<string> {
  const { path, body } = toRequest(words);
  const headers: Record<string, string> =
    route.access === 'organization' ? { authorization: tenants.organizationB } : {};
  const answer = await tenants.b.send(route.method, path, {
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  return `${answer.status} ${toStable(text, [...words, ...others])}`;
}

/** One line for each request whose answer differs from the one to an unknown word. */
async function listFindings(
  tenants: Tenants,
  replays: readonly Replay[],
  reset: () => Promise<void> = async () => undefined,
): Promise<string[]> {
  const findings: string[] = [];
  for (const replay of replays) {
    const { route, place, table, words } = replay;
    const others = words.map(toUnknown);
    await reset();
    const unknown = await ask(tenants, replay, others, words);
    await reset();
    const known = await ask(tenants, replay, words, others);
    if (known !== unknown)
      findings.push(
        `${route.method} ${route.path} ${place} of ${table}: ${known.slice(0, 120)} / ${unknown.slice(0, 120)}`,
      );
  }
  return findings;
}

const toAsked = (routes: readonly Route[]) =>
  routes.filter(({ access, operation }) => access !== 'open' && !NOT_ASKED.has(operation));

const toReplays = (tenants: Tenants, owned: readonly OwnedId[]) =>
  toAsked(tenants.routes).flatMap((route) => listReplays(route, owned, TENANT_B));

describe.each(openTestDatabases())('projects on $name', ({ open, name }) => {
  let db: Database;
  let tenants: Tenants;
  let owned: readonly OwnedId[];
  let rows: ReadonlyMap<string, string>;

  beforeAll(async () => {
    db = await open();
    ({ tenants, owned } = await openFilled(db));
    rows = await readRows(db, PROJECT_A);
  });
  afterAll(() => tenants.close());

  test('reading by an id of another project is reading by an id that nobody has', async () => {
    const reads = toReplays(tenants, owned).filter(({ route }) => route.method === 'GET');
    expect(await listFindings(tenants, reads)).toEqual([]);
  });

  test('lists of another project have nothing of this one', async () => {
    const words = owned.filter(({ value }) => value.length >= 8 && !value.includes(' '));
    const leaks: string[] = [];
    for (const route of toAsked(tenants.routes)) {
      if (route.method !== 'GET' || /:(?!projectId)/.test(route.path)) continue;
      const path = route.path.replace(':projectId', TENANT_B);
      const headers: Record<string, string> =
        route.access === 'organization' ? { authorization: tenants.organizationB } : {};
      const { body } = await tenants.b.send('GET', path, { headers });
      const text = JSON.stringify(body ?? '');
      const found = words.filter(({ value }) => text.includes(JSON.stringify(value)));
      leaks.push(...found.map(({ table, value }) => `${path}: ${table} ${value}`));
    }
    expect(leaks).toEqual([]);
  });

  // The texts of the statements are the same on both databases; SQLite is the faster one.
  test.runIf(name === 'sqlite')(
    'so is every write, and what nothing was tried of is said',
    async () => {
      const replays = toReplays(tenants, owned);
      const writes = replays.filter(({ route }) => route.method !== 'GET');
      expect(await listFindings(tenants, writes, () => resetTenantB(db))).toEqual([]);
      await resetTenantB(db);
      const asked = toAsked(tenants.routes);
      const tried = new Set(replays.map(({ route }) => route.operation));
      const without = asked.filter(({ operation }) => !tried.has(operation));
      console.info(
        `isolation: ${replays.length} requests over ${tried.size} operations;`,
        `takes no id: ${without.map(({ operation }) => operation).join(' ')};`,
        `nothing of A in: ${listEmptyTables(rows).join(' ')}`,
      );
      expect(tried.size).toBeGreaterThan(100);
    },
  );

  test('writing under the same ids changes nothing of the other project', async () => {
    const trace = { id: 'trace-a', name: 'mine', userId: 'intruder' };
    const generation = { id: 'generation-a', traceId: 'trace-a', name: 'mine' };
    const score = { id: 'score-number', traceId: 'trace-a', name: 'accuracy', value: 0.1 };
    await tenants.b.ingest([
      event('trace-create', trace),
      event('generation-create', generation),
      event('span-create', { ...generation, id: 'own', parentObservationId: 'generation-a' }),
      event('score-create', score),
    ]);
    const { body } = await tenants.b.read('/traces/trace-a');
    expect([body.name, body.observations.length, body.scores.length]).toEqual(['mine', 2, 1]);
  });

  test('and after all of it everything of the other project is as it was', async () => {
    const now = await readRows(db, PROJECT_A);
    const changed = [...now].filter(([table, text]) => rows.get(table) !== text);
    expect(changed.map(([table]) => table)).toEqual([]);
    expect((await tenants.a.read('/traces/trace-a')).body.name).toBe('name-a');
  });
});

describe('the test itself', () => {
  test.each([
    ['score_configs', 'scoreConfigs'],
    ['traces', 'trace'],
    ['prompts', 'prompts'],
  ])('fails when reads of %s forget the project', async (table, noun) => {
    const [database] = openTestDatabases();
    const real = await database!.open();
    let isBroken = false;
    const forget: Database['read'] = (sql, parameters = []) =>
      real.read(
        sql,
        isBroken && sql.includes(table)
          ? parameters.map((value) => (value === TENANT_B ? PROJECT_A : value))
          : parameters,
      );
    const { tenants, owned } = await openFilled({ ...real, read: forget });
    const routes = toAsked(tenants.routes).filter(({ operation }) =>
      operation.startsWith(`${noun}.`),
    );
    const replays = routes.flatMap((route) => listReplays(route, owned, TENANT_B));
    const reads = replays.filter(({ route }) => route.method === 'GET');
    expect(await listFindings(tenants, reads)).toEqual([]);
    isBroken = true;
    expect((await listFindings(tenants, reads)).length).toBeGreaterThan(0);
    await tenants.close();
  });
});
