/** Two traces that differ in everything a list can be asked for, so that each parameter tells them apart. */
import { event } from './api-server.ts';
import type { IngestionEvent } from './api-server.ts';

export const A_TIME = '2026-02-01T10:00:00.000Z';
export const B_TIME = '2026-02-03T10:00:00.000Z';

function trace(letter: 'a' | 'b', timestamp: string, tags: readonly string[]): IngestionEvent {
  return event('trace-create', {
    id: `trace-${letter}`,
    timestamp,
    name: `name-${letter}`,
    userId: `user-${letter}`,
    sessionId: `session-${letter}`,
    release: `release-${letter}`,
    version: `version-${letter}`,
    environment: `env-${letter}`,
    tags,
    public: letter === 'a',
    input: { question: letter },
    output: `answer ${letter}`,
    metadata: { letter, rank: letter === 'a' ? 1 : 2, nested: { deep: letter } },
  });
}

function shared(letter: 'a' | 'b', startTime: string) {
  return {
    traceId: `trace-${letter}`,
    startTime,
    environment: `env-${letter}`,
    version: `version-${letter}`,
  };
}

const LONG = 'm'.repeat(300);

/** Trace a: a root span with a failed generation below. Trace b: one root event two days later. */
export const PAIR: readonly IngestionEvent[] = [
  trace('a', A_TIME, ['both', 'only-a']),
  trace('b', B_TIME, ['both']),
  event('span-create', {
    ...shared('a', A_TIME),
    id: 'root-a',
    name: 'root',
    endTime: '2026-02-01T10:00:04.000Z',
  }),
  event('generation-create', {
    ...shared('a', '2026-02-01T10:00:01.000Z'),
    id: 'generation-a',
    parentObservationId: 'root-a',
    name: 'generation',
    level: 'ERROR',
    statusMessage: 'too long',
    endTime: '2026-02-01T10:00:03.500Z',
    completionStartTime: '2026-02-01T10:00:01.250Z',
    model: 'gpt-4o-mini',
    modelParameters: { temperature: 0.5, stream: true, stop: ['x'], seed: null },
    usage: { input: 1000, output: 100, unit: 'TOKENS' },
    promptName: 'ask',
    promptVersion: 3,
    input: [{ role: 'user', content: 'hi' }],
    output: 'hello',
    metadata: { short: 'yes', long: LONG, other: LONG, list: [1, 2] },
  }),
  event('event-create', { ...shared('b', B_TIME), id: 'event-b', name: 'event' }),
  event('score-create', {
    id: 'score-number',
    traceId: 'trace-a',
    name: 'accuracy',
    value: 0.75,
    comment: 'checked',
  }),
  event('score-create', {
    id: 'score-word',
    traceId: 'trace-a',
    observationId: 'generation-a',
    name: 'tone',
    value: 'polite',
  }),
  event('score-create', {
    id: 'score-flag',
    traceId: 'trace-a',
    name: 'valid',
    value: 1,
    dataType: 'BOOLEAN',
  }),
];
