/** Lists of scores that run on the event loop are served by an index in the order they are read. */
import { openTestDatabases } from '#store/testing';
import { expect, test } from 'vitest';
import { compileFilter } from '../filter/compile-filter.ts';
import { SCORE_FIELDS } from '../filter/score-fields.ts';
import { toBound, toEqual } from '../filter/terms.ts';
import { readScorePage } from './storage.ts';

const [sqlite] = openTestDatabases();

test.each(['name', 'traceId', 'sessionId', 'configId', 'datasetRunId', 'none', 'time'])(
  'by %s',
  async (key) => {
    const db = await sqlite!.open();
    try {
      const terms = key === 'time' ? toBound('timestamp', '>=', 5) : toEqual(key, 'x');
      const context = { set: SCORE_FIELDS, dialect: db.dialect, now: 0 };
      const filter = compileFilter(key === 'none' ? [] : terms, context);
      expect(filter.quick).toBe(true);
      const plans: string[] = [];
      const explained = {
        ...db,
        async read(sql: string, parameters: readonly (string | number)[]) {
          const rows = await db.read(`EXPLAIN QUERY PLAN ${sql}`, parameters);
          plans.push(...rows.map((row) => String(row['detail'])));
          return [];
        },
      };
      await readScorePage(explained as typeof db, 'p1', { filter, limit: 50, offset: 0 });
      const column = { name: 'name', none: 'project_id', time: 'timestamp' }[key];
      const searched = column ?? key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      expect(plans).toHaveLength(1);
      expect(plans[0]).toMatch(new RegExp(`USING INDEX scores_by_\\w+ \\(.*${searched}[=>]`));
    } finally {
      await db.close();
    }
  },
);
