import { openTestDatabases } from '#store/testing';
import type { Database, TraceRow } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';
import { compileFilter } from './compile-filter.ts';
import type { Filter } from './filter.ts';
import { parseConditions } from './parse-conditions.ts';
import { parseFilter } from './parse-filter.ts';
import { TRACE_FIELDS } from './trace-fields.ts';

type Check = (row: TraceRow) => boolean;
const latency = (row: TraceRow) => (row.end_time ?? 0) - (row.start_time ?? 0);
const metadata = (row: TraceRow) =>
  JSON.parse(row.metadata ?? '{}') as { region: string; build: { number: number } };
const minutes = (count: number) => SEED_UNTIL - count * 60_000;

/** Text of the grammar, and what it must mean. */
const CASES: readonly (readonly [string, Check])[] = [
  ['name:chat', (row) => row.name === 'chat'],
  ['name:(chat OR plan)', (row) => row.name === 'chat' || row.name === 'plan'],
  ['-name:chat', (row) => row.name !== 'chat'],
  ['name:*A*', (row) => /a/i.test(row.name ?? '')],
  ['name:=*A*', () => false],
  ['name:=c*', (row) => row.name?.startsWith('c') === true],
  ['name:=*n', (row) => row.name?.endsWith('n') === true],
  ['name:s*m*e', (row) => /^s.*m.*e$/.test(row.name ?? '')],
  ['user:user-1 env:staging', (row) => row.user_id === 'user-1' && row.environment === 'staging'],
  ['tags:beta', (row) => row.tags.includes('beta')],
  ['tags:(beta AND fast)', (row) => row.tags.includes('beta')],
  ['tags:b*', (row) => row.tags.includes('beta')],
  ['-tags:beta', (row) => !row.tags.includes('beta')],
  ['level:error', (row) => row.error_count > 0],
  ['errors:>0', (row) => row.error_count > 0],
  ['errors:0..0.5', (row) => row.error_count === 0],
  ['latency:>1.5s', (row) => latency(row) > 1500],
  ['latency:1s..1500ms', (row) => latency(row) >= 1000 && latency(row) <= 1500],
  ['latency:<2', (row) => latency(row) < 2000],
  ['cost:>$0.001', (row) => (row.total_cost ?? 0) > 0.001],
  ['tokens:>=0.5k', (row) => (row.total_tokens ?? 0) >= 500],
  ['input:"item 7?"', (row) => row.input?.includes('item 7?') === true],
  ['output:="Answer number 7"', (row) => row.id === 'trace-7'],
  ['output:=*7', (row) => row.output?.endsWith('7"') === true],
  ['"number 12"', (row) => row.output?.includes('number 12') === true],
  ['trace-9', (row) => row.id === 'trace-9'],
  ['ANSWER item', () => true],
  ['-number', () => false],
  ['since:10m', (row) => row.timestamp >= minutes(10)],
  [`timestamp:<${new Date(minutes(50)).toISOString()}`, (row) => row.timestamp < minutes(50)],
  ['timestamp:2026-09-01', () => true],
  ['timestamp:>2026-09-01', () => false],
  ['timestamp:2026-08-30..2026-08-31', () => false],
  ['metadata.region:eu', (row) => metadata(row).region === 'eu'],
  ['-metadata.region:eu', (row) => metadata(row).region !== 'eu'],
  ['metadata.build.number:>=30', (row) => metadata(row).build.number >= 30],
  ['metadata.build.number:7', (row) => metadata(row).build.number === 7],
  ['metadata.http.status:200', () => true],
  ['metadata."it\'s ? here":x', () => false],
  ['metadata.region:>1', () => false],
  ['has:cost', (row) => row.total_cost !== null],
  ['has:(error OR cost)', (row) => row.total_cost !== null || row.error_count > 0],
  ['-has:release', () => false],
  ['has:parent', () => true],
  ['public:false sample:no', () => true],
  ['status:done', () => true],
  ['status:running', () => false],
  ['type:AGENT', () => true],
  ['type:(AGENT AND EMBEDDING)', () => false],
  ['model:gpt-9', () => false],
  ['inputCost:>=0', (row) => row.total_cost !== null],
];

describe.each(openTestDatabases())('filters over $name', ({ open }) => {
  let db: Database;
  let rows: readonly TraceRow[];
  const find = async (filter: Filter) => {
    const context = { set: TRACE_FIELDS, dialect: db.dialect, now: SEED_UNTIL };
    const { condition } = compileFilter(filter, context);
    const found = await db.read<{ readonly id: string }>(
      `SELECT t.id FROM traces t WHERE t.project_id = ? AND (${condition?.sql ?? '1 = 1'})`,
      ['p1', ...(condition?.parameters ?? [])],
    );
    return found.map(({ id }) => id).toSorted();
  };
  const expected = (check: Check) =>
    rows
      .filter(check)
      .map(({ id }) => id)
      .toSorted();

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: 60, observationsPerTrace: 5, seed: 4 });
    rows = await db.read<TraceRow>("SELECT * FROM traces WHERE project_id = 'p1'");
  });
  afterAll(() => db.close());

  it.each(CASES)('%s', async (text, check) => {
    expect(await find(parseFilter(text, TRACE_FIELDS))).toEqual(expected(check));
  });

  it('finds traces by what their observations and scores are', async () => {
    const withModel = await db.read<{ trace_id: string }>(
      "SELECT DISTINCT trace_id FROM observations WHERE model = 'gpt-4o'",
    );
    const ids = withModel.map((row) => row.trace_id).toSorted();
    expect(await find(parseFilter('model:gpt-4o', TRACE_FIELDS))).toEqual(ids);
    expect(await find(parseFilter('-model:gpt-4o', TRACE_FIELDS))).toHaveLength(60 - ids.length);
    const scored = await db.read<{ trace_id: string }>(
      'SELECT trace_id FROM scores WHERE value > 0.5',
    );
    const high = scored.map((row) => row.trace_id).toSorted();
    expect(await find(parseFilter('scores.accuracy:>0.5', TRACE_FIELDS))).toEqual(high);
    expect(high.length).toBeGreaterThan(0);
  });

  const json: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ type: 'string', column: 'name', operator: 'contains', value: 'la' }, 'name:=*la*'],
    [{ type: 'string', column: 'name', operator: 'does not contain', value: 'la' }, '-name:=*la*'],
    [
      { type: 'stringOptions', column: 'environment', operator: 'none of', value: ['staging'] },
      '-env:staging',
    ],
    [
      { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['beta', 'fast'] },
      'tags:(beta AND fast)',
    ],
    [
      { type: 'arrayOptions', column: 'tags', operator: 'any of', value: ['beta', 'x'] },
      'tags:(beta OR x)',
    ],
    [{ type: 'number', column: 'latency', operator: '>=', value: 1.2 }, 'latency:>=1.2'],
    [{ type: 'number', column: 'totalCost', operator: '>', value: 0.001 }, 'cost:>0.001'],
    [
      { type: 'datetime', column: 'timestamp', operator: '>=', value: '2026-09-01T11:30:00Z' },
      'since:2026-09-01T11:30:00Z',
    ],
    [
      { type: 'stringObject', column: 'metadata', key: 'region', operator: '=', value: 'eu' },
      'metadata.region:eu',
    ],
    [
      { type: 'numberObject', column: 'scores_avg', key: 'accuracy', operator: '>', value: 0.5 },
      'scores.accuracy:>0.5',
    ],
    [{ type: 'null', column: 'totalCost', operator: 'is null' }, '-has:cost'],
    [{ type: 'boolean', column: 'bookmarked', operator: '<>', value: true }, 'bookmarked:false'],
    [
      { type: 'booleanObject', column: 'score_booleans', key: 'good', operator: '<>', value: true },
      '',
    ],
    [{ type: 'string', column: 'level', operator: '=', value: 'ERROR' }, 'level:ERROR'],
  ];

  it.each(json)('%o means %s', async (condition, text) => {
    const ids = await find(parseConditions(JSON.stringify([condition]), TRACE_FIELDS));
    expect(ids).toEqual(await find(parseFilter(text, TRACE_FIELDS)));
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.length).toBeLessThan(condition['type'] === 'boolean' || text === '' ? 61 : 60);
  });

  it.each([
    'cost:cheap',
    'latency:2x',
    'level:BAD',
    'public:maybe',
    'since:never',
    'name:>5',
    'has:luck',
    'tokens:*5',
  ])('refuses %s with its place', async (text) => {
    await expect(async () => find(parseFilter(text, TRACE_FIELDS))).rejects.toMatchObject({
      code: 'COAIA-1022',
      details: { position: 0, length: text.length },
    });
  });

  it.each([
    'x',
    '{}',
    '[1]',
    '[{"type":"string","column":"nme","operator":"=","value":"x"}]',
    '[{"type":"string","column":"name","operator":"~","value":"x"}]',
    '[{"type":"number","column":"latency","operator":">","value":"2"}]',
    '[{"type":"stringObject","column":"metadata","operator":"=","value":"x"}]',
    '[{"type":"constructor","column":"name","operator":"=","value":"x"}]',
  ])('refuses the JSON %s', (text) => {
    expect(() => parseConditions(text, TRACE_FIELDS)).toThrow(
      expect.objectContaining({ code: 'COAIA-1023' }) as Error,
    );
  });
});
