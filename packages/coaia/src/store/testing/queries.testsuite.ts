/** Queries, dialect fragments and values that both databases must treat alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listColumns } from '../columns.ts';
import type { Database } from '../database.ts';
import { toLikePattern } from '../like-pattern.ts';
import { toObservationRow, toTraceRow } from './sample-rows.ts';
import { PRIMARY_KEYS } from '../tables.ts';
import type { Tables } from '../tables.ts';

const ENDLESS =
  'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000000000) SELECT count(*) AS n FROM c';

export function describeQueries(engine: string, open: () => Promise<Database>): void {
  describe(`${engine}: queries`, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
      await db.write((tx) => tx.upsert('traces', ROWS));
    });
    afterAll(async () => db.close());
    const ids = async (where: string, parameters: readonly (string | number)[] = []) =>
      (
        await db.read<{ id: string }>(
          `SELECT id FROM traces WHERE ${where} ORDER BY id`,
          parameters,
        )
      ).map((row) => row.id);

    test.each(Object.keys(PRIMARY_KEYS) as (keyof Tables)[])(
      'table %s has exactly the declared columns in the declared order',
      async (table) => {
        const sql =
          db.dialect.name === 'sqlite'
            ? 'SELECT name FROM pragma_table_info(?)'
            : 'SELECT column_name AS name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position';
        const columns = await db.read<{ name: string }>(sql, [table]);
        expect(columns.map((column) => column.name)).toEqual(listColumns(table));
      },
    );

    test('an upsert replaces the whole row of the same key', async () => {
      const first = toObservationRow({ id: 'up', name: 'one', total_cost: 0.1, input: '"x"' });
      const second = toObservationRow({
        id: 'up',
        end_time: 1_760_000_000_500,
        total_tokens: 12.5,
      });
      await db.write((tx) => tx.upsert('observations', [first, toObservationRow({ id: 'other' })]));
      await db.write((tx) => tx.upsert('observations', [second]));
      expect(await db.read(`SELECT * FROM observations WHERE id = 'up'`)).toEqual([second]);
    });

    test('a time has the start of its month', async () => {
      const month = (time: number) =>
        db.read<{ start: number }>(`SELECT ${db.dialect.month('CAST(? AS bigint)')} AS start`, [
          time,
        ]);
      const at = (text: string) => Date.parse(text);
      expect(await month(at('2024-02-29T23:59:59.999Z'))).toEqual([{ start: at('2024-02-01') }]);
      expect(await month(at('2024-03-01'))).toEqual([{ start: at('2024-03-01') }]);
      expect(await month(at('1969-12-31T23:59:59.999Z'))).toEqual([{ start: at('1969-12-01') }]);
    });

    test('texts are ordered by their bytes', async () => {
      const rows = await db.read<{ name: string }>(
        'SELECT name FROM traces WHERE name IS NOT NULL ORDER BY name',
      );
      expect(rows.map((row) => row.name)).toEqual([
        '100% Done',
        'B_side',
        'Zebra',
        'alpha',
        'äther',
      ]);
    });

    test('scan gives the rows that read gives', async () => {
      const sql = 'SELECT id, timestamp, total_cost FROM traces ORDER BY id';
      expect(await db.scan(sql)).toEqual(await db.read(sql));
      await expect(db.scan('SELECT id FROM nowhere')).rejects.toThrow(
        /no such table|does not exist/,
      );
    });

    test('a scan is cut off by time and by its signal, and the next one works', async () => {
      await expect(db.scan(ENDLESS, [], { timeoutMs: 100 })).rejects.toMatchObject({
        code: 'COAIA-0107',
      });
      const abort = new AbortController();
      const aborted = db.scan(ENDLESS, [], { signal: abort.signal });
      setTimeout(() => abort.abort(new Error('gone')), 50);
      await expect(aborted).rejects.toThrow('gone');
      expect(await db.scan('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    test('the query builder reads through both ways', async () => {
      for (const builder of [await db.query(), await db.heavyQuery()]) {
        const rows = await builder
          .selectFrom('traces')
          .select(['id', 'name'])
          .where('project_id', '=', 'p1')
          .where('name', 'is not', null)
          .orderBy('id')
          .limit(1)
          .execute();
        expect(rows).toEqual([{ id: 'a', name: 'alpha' }]);
      }
    });

    test('inList takes any number of values in one parameter', async () => {
      expect(await ids(db.dialect.inList('id'), [JSON.stringify(['a', 'c', 'nope'])])).toEqual([
        'a',
        'c',
      ]);
      expect(await ids(db.dialect.inList('id'), ['[]'])).toEqual([]);
    });

    test.each([
      [['plain'], 'text'],
      [['number'], '1.50'],
      [['yes'], 'true'],
      [['nothing'], null],
      [['absent'], null],
      [['deep', 'er'], 'down'],
      [['a.b'], 'dot'],
      [['quo"te'], 'double'],
      [["apo'strophe"], 'single'],
      [['what?'], 'question'],
      [['back\\slash'], 'back'],
      [['umläut'], 'ü'],
      [['$[0]'], 'path'],
      [['list'], '[1,2]'],
    ])('jsonText finds the member %j', async (path, expected) => {
      const text = db.dialect.jsonText('metadata', path);
      expect(await db.read(`SELECT ${text} AS found FROM traces WHERE id = ?`, ['json'])).toEqual([
        { found: expected },
      ]);
    });

    test('number reads only what is written like a number', async () => {
      const text = db.dialect.number(db.dialect.jsonText('metadata', ['n']));
      const rows = await db.read(
        `SELECT id, ${text} AS n FROM traces WHERE id LIKE 'num%' ORDER BY id`,
      );
      expect(rows).toEqual([
        { id: 'num1', n: 1.5 },
        { id: 'num2', n: -20 },
        { id: 'num3', n: null },
        { id: 'num4', n: null },
      ]);
    });

    test('members of a JSON list are found and spread', async () => {
      expect(await ids(db.dialect.jsonArrayHas('tags'), ['red'])).toEqual(['a', 'b']);
      const rows = await db.read(
        `SELECT tag.value AS tag, count(*) AS n FROM traces, ${db.dialect.jsonArrayRows('tags', 'tag')} GROUP BY tag.value ORDER BY tag.value`,
      );
      expect(rows).toEqual([
        { tag: 'blue', n: 1 },
        { tag: 'red', n: 2 },
      ]);
    });

    test('like takes wildcards literally and ignores the case of ASCII letters', async () => {
      const like = db.dialect.like('name');
      expect(await ids(like, [toLikePattern('0%')])).toEqual(['c']);
      expect(await ids(like, [toLikePattern('b_S')])).toEqual(['d']);
      expect(await ids(like, [toLikePattern('_')])).toEqual(['d']);
      expect(await ids(like, [toLikePattern('ALPHA')])).toEqual(['a']);
      expect(await ids(like, [toLikePattern('\\')])).toEqual([]);
    });

    test('bucket rounds down, also below zero; left cuts characters', async () => {
      const sql = `SELECT ${db.dialect.bucket('timestamp', 1000)} AS bucket, ${db.dialect.left('name', 2)} AS head FROM traces WHERE id = ?`;
      expect(await db.read(sql, ['a'])).toEqual([{ bucket: 1_760_000_000_000, head: 'al' }]);
      expect(await db.read(sql, ['b'])).toEqual([{ bucket: -2000, head: 'Ze' }]);
      expect(await db.read(sql, ['e'])).toEqual([{ bucket: 5000, head: 'ät' }]);
    });

    test('hostile texts are stored, and JSON with refused escapes stays searchable', async () => {
      const metadata = JSON.stringify({
        key: 'a\0b',
        half: '\ud800',
        pair: '😀',
        '\0': 1,
        after: 'ok',
      });
      const name = 'nul\0 half\udc00 😀 \\u0000 "quoted" {curly}';
      await db.write(async (tx) => {
        await tx.upsert('traces', [
          toTraceRow({ id: 'hostile\0id', name, metadata, input: 'x'.repeat(1_000_000) }),
        ]);
        await tx.addChanges('p1', [{ kind: 'trace', id: 'hostile\0id' }]);
      });
      const after = db.dialect.jsonText('metadata', ['after']);
      const pair = db.dialect.jsonText('metadata', ['pair']);
      const rows = await db.read<{ id: string; name: string; size: number }>(
        `SELECT id, name, ${pair} AS pair, length(input) AS size FROM traces WHERE ${after} = ?`,
        ['ok'],
      );
      expect(rows).toMatchObject([{ pair: '😀', size: 1_000_000 }]);
      expect(rows[0]?.name.replaceAll('\0', '�')).toBe('nul� half� 😀 \\u0000 "quoted" {curly}');
      expect(rows[0]?.id.replaceAll('\0', '�')).toBe('hostile�id');
    });
  });
}

const ROWS = [
  toTraceRow({ id: 'a', name: 'alpha', tags: '["red"]', timestamp: 1_760_000_000_999 }),
  toTraceRow({ id: 'b', name: 'Zebra', tags: '["blue","red"]', timestamp: -1500 }),
  toTraceRow({ id: 'c', name: '100% Done', total_cost: 0.25 }),
  toTraceRow({ id: 'd', name: 'B_side' }),
  toTraceRow({ id: 'e', name: 'äther', timestamp: 5000 }),
  toTraceRow({
    id: 'json',
    metadata:
      '{"plain":"text","number":1.50,"yes":true,"nothing":null,"deep":{"er":"down"},"a.b":"dot","quo\\"te":"double","apo\'strophe":"single","what?":"question","back\\\\slash":"back","umläut":"ü","$[0]":"path","list":[1,2]}',
  }),
  toTraceRow({ id: 'num1', metadata: '{"n":1.5}' }),
  toTraceRow({ id: 'num2', metadata: '{"n":"-2e1"}' }),
  toTraceRow({ id: 'num3', metadata: '{"n":"12 apples"}' }),
  toTraceRow({ id: 'num4', metadata: '{"m":1}' }),
];
