import type { Observation, TraceDetail } from '@coaia/client';
import { expect, test } from 'vitest';
import { renderTimeline } from './timeline-lines.ts';
import { renderTree } from './tree-lines.ts';

const START = Date.parse('2026-03-01T10:00:00.000Z');
const plain = (_: unknown, text: string) => text;

function toObservation(
  id: string,
  from: number,
  to: number | null,
  extra: Partial<Observation> = {},
): Observation {
  return {
    id,
    type: 'SPAN',
    name: id,
    startTime: new Date(START + from).toISOString(),
    endTime: to === null ? null : new Date(START + to).toISOString(),
    parentObservationId: null,
    level: 'DEFAULT',
    statusMessage: null,
    input: null,
    output: null,
    model: null,
    usageDetails: {},
    costDetails: {},
    calculatedTotalCost: null,
    ...extra,
  } as Observation;
}

function toTrace(
  observations: readonly Observation[],
  extra: Partial<TraceDetail> = {},
): TraceDetail {
  return {
    id: 'T',
    name: 'work',
    timestamp: new Date(START).toISOString(),
    userId: null,
    sessionId: null,
    tags: [],
    input: null,
    output: null,
    metadata: {},
    latency: 1,
    scores: [],
    observations,
    ...extra,
  } as unknown as TraceDetail;
}

const OBSERVATIONS = [
  toObservation('load', 0, 250),
  toObservation('call', 250, 1000, {
    parentObservationId: 'load',
    level: 'ERROR',
    statusMessage: 'no answer',
  }),
  toObservation('wait', 500, null),
  toObservation('note', 1000, null, { type: 'EVENT' }),
  toObservation('warned', 900, 950, { level: 'WARNING', output: 7 }),
];

test('bars stand where the time was, statuses are words', () => {
  const lines = renderTimeline(
    toTrace(OBSERVATIONS),
    { isAscii: true, width: 80, now: START + 1000 },
    plain,
  );
  expect(lines).toEqual(
    [
      'work         =========================== 1.00 s  error',
      '|- load      =======                     250 ms  ok',
      "|  '- call         ===================== 750 ms  error     no answer",
      '|- wait                   ==============      \u2013  running',
      '|- warned                           =     50 ms  warning   7',
      "'- note                               =      \u2013  ok",
    ].map((line) => expect.stringMatching(toPattern(line))),
  );
});

/** Widths of bars follow the layout; their order and the words are what is checked. */
function toPattern(line: string): RegExp {
  const escaped = line.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/ {2,}/g, ' {2,}').replaceAll(/=+/g, '=+')} *$`);
}

test.each([60, 80, 120])('every line fits %i columns, in blocks and in ASCII', (width) => {
  const long = [
    ...OBSERVATIONS,
    toObservation('a-step-with-a-name-that-goes-on-and-on-for-ever', 0, 10, {
      output: 'x'.repeat(300),
    }),
  ];
  for (const isAscii of [true, false]) {
    const lines = renderTimeline(toTrace(long), { isAscii, width, now: START + 1000 }, plain);
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    if (isAscii) expect(lines.join('').replaceAll('\u2013', '')).toMatch(/^[ -~]+$/);
  }
});

test('a trace without observations is one line', () => {
  expect(renderTimeline(toTrace([]), { isAscii: true, width: 80, now: START }, plain)).toHaveLength(
    1,
  );
});

test('the tree sums tokens and cost, and shows values in full when asked', () => {
  const generation = toObservation('gen', 0, 10, {
    type: 'GENERATION',
    model: 'm',
    usageDetails: { input: 9, output: 4, total: 13 },
    calculatedTotalCost: 0.0031,
    input: 'x'.repeat(200),
  });
  const trace = toTrace([generation, toObservation('b', 20, 30, { usageDetails: { total: 7 } })]);
  const options = { isAscii: true, isFull: false, depth: undefined };
  const text = renderTree(trace, options, plain).join('\n');
  expect(text).toContain('work  ok  1.00 s  2 observations  20 tokens  $0.0031');
  expect(text).toContain('|- [GENERATION] gen (gen)  10 ms  m  13 tokens  $0.0031');
  expect(text).toContain(`${'x'.repeat(87)}...`);
  expect(renderTree(trace, { ...options, isFull: true }, plain).join('\n')).toContain(
    'x'.repeat(200),
  );
});
