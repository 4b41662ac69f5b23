/** Lists that promise to be served by an index are: their cost must not grow with the store. */
import { openTestDatabases } from '#store/testing';
import type { Database, SqlValue } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';

const PAGE = '/api/v1/projects/p1/traces';

/** Request, and the index its first statement must walk. */
const LISTS = [
  [`GET ${PAGE}`, 'traces_by_time'],
  [`GET ${PAGE}?q=since:1h`, 'traces_by_time'],
  [`GET ${PAGE}?q=user:user-1`, 'traces_by_user'],
  [`GET ${PAGE}?q=session:session-1`, 'traces_by_session'],
  [`GET ${PAGE}?q=name:chat`, 'traces_by_name'],
  [`GET ${PAGE}?q=level:ERROR`, 'traces_with_errors'],
  [`GET ${PAGE}?q=id:(trace-1 OR trace-2)`, 'sqlite_autoindex_traces_1'],
  ['GET /api/public/traces?userId=user-1&fields=core', 'traces_by_user'],
  ['GET /api/public/v2/observations', 'observations_by_time'],
  ['GET /api/public/observations?traceId=trace-1', 'observations_by_trace'],
  ['GET /api/public/sessions', 'sessions_by_time'],
] as const;

const sqlite = openTestDatabases().find(({ name }) => name === 'sqlite');

describe('query plans', () => {
  let db: Database;
  let statements: (readonly [string, readonly SqlValue[]])[] = [];
  let scans = 0;
  const send = async (request: string) => {
    statements = [];
    scans = 0;
    const spy: Database = {
      ...db,
      read: (sql, parameters = []) => {
        statements.push([sql, parameters]);
        return db.read(sql, parameters);
      },
      scan: (sql, parameters, options) => {
        scans++;
        return db.scan(sql, parameters, options);
      },
    };
    await callRoute({ api: { db: spy, clock: () => SEED_UNTIL }, request });
  };
  const explain = async (at: number) => {
    const [sql, parameters] = statements[at] ?? ['', []];
    const rows = await db.read<{ readonly detail: string }>(
      `EXPLAIN QUERY PLAN ${sql}`,
      parameters,
    );
    return rows.map(({ detail }) => detail).join('\n');
  };

  beforeAll(async () => {
    if (sqlite === undefined) throw new Error('no SQLite');
    db = await sqlite.open();
    await seedTraces(db, 'p1', { traces: 300, observationsPerTrace: 5 });
  });
  afterAll(() => db.close());

  it.each(LISTS)('%s walks %s', async (request, index) => {
    await send(request);
    const plan = await explain(0);
    expect(plan).toMatch(new RegExp(`SEARCH [tos]?\\w* ?USING (COVERING )?INDEX ${index} `));
    expect(plan).not.toMatch(/SCAN (?:t|o|traces|observations|sessions)\b/);
    expect(scans).toBe(0);
  });

  it('finds the observation ids of a page without touching the table', async () => {
    await send('GET /api/public/traces?limit=20');
    expect(await explain(1)).toContain('COVERING INDEX observations_by_trace');
  });

  it('reads a trace in three statements', async () => {
    await send('GET /api/public/traces/trace-3');
    expect(statements).toHaveLength(3);
    await send(`GET ${PAGE}/trace-3/tree`);
    expect(statements).toHaveLength(3);
  });

  it('takes what no index serves off the event loop', async () => {
    await send(`GET ${PAGE}?q=nowhere`);
    expect(scans).toBe(1);
    expect(statements.every(([sql]) => !sql.includes('LIKE'))).toBe(true);
  });
});
