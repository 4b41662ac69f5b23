import type { ExperimentComparison } from '@coaia/client';
import { expect, test } from 'vitest';
import { toComparisonCsv } from './comparison-csv.ts';

test('one line per item; runs without an answer leave their cells empty; formulas are escaped', () => {
  const cell = { traceId: 't1', output: '=1+1', scores: { ok: 1 }, cost: 0.5, latency: 20 };
  const found = {
    runs: [
      { id: 'a', name: 'old' },
      { id: 'b', name: 'new' },
    ],
    scores: [{ name: 'ok' }],
    rows: [{ itemId: 'i1', input: { q: 1 }, expectedOutput: null, cells: { a: cell } }],
  } as unknown as ExperimentComparison;
  expect(toComparisonCsv(found)).toBe(
    [
      'item,input,expectedOutput,old: trace,old: output,old: ok,old: cost,old: latencyMs,new: trace,new: output,new: ok,new: cost,new: latencyMs',
      `i1,"{""q"":1}",,t1,'=1+1,1,0.5,20,,,,,`,
      '',
    ].join('\r\n'),
  );
});
