import type { PredictionStatPoint } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { toStatSeries } from './stat-series.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const toPoint = (at: string, perSecond: number, p50Ms: number): PredictionStatPoint => ({
  at,
  predictions: perSecond * 60,
  rows: perSecond * 60,
  failed: 0,
  refused: 0,
  flagged: 0,
  dropped: 0,
  perSecond,
  meanMs: p50Ms,
  p50Ms,
  p95Ms: p50Ms,
  p99Ms: p50Ms,
});

describe('the lines of a chart', () => {
  it('has a moment for every step: 0 requests, no duration where nothing was asked', () => {
    const data = [toPoint('2026-03-01T11:50:00.000Z', 2, 5), toPoint('2026-03-01T12:00:00Z', 4, 7)];
    const drawn = toStatSeries({ data, stepSeconds: 300 }, '15m', now, [
      { name: 'rate', read: ({ perSecond }) => perSecond, without: 0 },
      { name: 'p50', read: ({ p50Ms }) => p50Ms, without: null },
    ]);
    expect(drawn.times).toEqual([0, 5, 10, 15].map((minutes) => now - 900_000 + minutes * 60_000));
    expect(drawn.series.map(({ values }) => values)).toEqual([
      [0, 2, 0, 4],
      [null, 5, null, 7],
    ]);
  });
});
