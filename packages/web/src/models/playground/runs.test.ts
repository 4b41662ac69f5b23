import type { PlaygroundAnswer } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { addPart, createRun, isOpen } from './runs.ts';
import type { Run } from './runs.ts';
import { toSpread } from './spread.ts';
import { parseEvent } from './stream-run.ts';

const answer = (change: object): PlaygroundAnswer =>
  ({
    content: 'a',
    toolCalls: [],
    usage: { input: 1, output: 2, total: 3, details: {} },
    latencyMs: 10,
    cost: 0.5,
    check: null,
    ...change,
  }) as unknown as PlaygroundAnswer;

const done = (change: object): Run =>
  addPart(createRun(), { type: 'answer', answer: answer(change) });

describe('a run', () => {
  it('grows part by part', () => {
    const events = [
      'event: text\ndata: {"text":"Hel"}',
      'event: text\ndata: {"text":"lo"}',
      'event: tool\ndata: {"index":0,"name":"f","arguments":""}',
      'event: tool\ndata: {"index":0,"arguments":"{}"}',
    ];
    const parts = events.flatMap((text) => parseEvent(text) ?? []);
    expect(parts.reduce(addPart, createRun())).toMatchObject({
      text: 'Hello',
      tools: [{ name: 'f', arguments: '{}' }],
    });
    expect([parseEvent(': ping'), parseEvent('event: other\ndata: {}')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('ends with its answer or its failure', () => {
    expect(done({ content: 'whole' })).toMatchObject({ status: 'done', text: 'whole' });
    const failure = { code: 'X', message: 'no', hint: null, traceId: null, observationId: null };
    const failed = addPart(createRun(), { type: 'error', failure });
    expect([failed.status, isOpen(failed), isOpen(createRun())]).toEqual(['failed', false, true]);
  });
});

describe('repetitions', () => {
  it('say how they differ', () => {
    const runs = [
      done({ latencyMs: 30, check: { isValid: true, problems: [] } }),
      done({ latencyMs: 10, content: 'b', check: { isValid: false, problems: [] } }),
      done({ latencyMs: 14 }),
      createRun(),
    ];
    expect(toSpread(runs)).toEqual({
      done: 3,
      distinct: 2,
      latency: [10, 14, 30],
      output: [2, 2, 2],
      cost: 1.5,
      valid: 1,
    });
  });

  it('leave unknown what one of them does not know', () => {
    expect(toSpread([done({ usage: null }), done({ cost: null })])).toMatchObject({
      output: null,
      cost: null,
      valid: null,
    });
    expect(toSpread([done({})])).toBeUndefined();
  });
});
