/** Batches of 50 mixed events: a trace, two generations, two spans, and so on, about 25 KB each. */
import { randomUUID } from 'node:crypto';

const QUESTION = 'How do I rotate the signing keys without a restart? '.repeat(4);
const ANSWER =
  'Add the new key, wait until every instance has read it, then retire the old one. '.repeat(3);

/** One batch as JSON text; every id is fresh. */
export function createBatch(events = 50): string {
  const batch: unknown[] = [];
  while (batch.length < events) addTrace(batch);
  return JSON.stringify({ batch: batch.slice(0, events) });
}

function addTrace(batch: unknown[]): void {
  const traceId = randomUUID();
  const now = new Date().toISOString();
  const add = (type: string, body: Readonly<Record<string, unknown>>) =>
    batch.push({ id: randomUUID(), type, timestamp: now, body });
  add('trace-create', {
    id: traceId,
    timestamp: now,
    name: 'support-chat',
    userId: `user-${batch.length % 7}`,
    sessionId: `session-${batch.length % 5}`,
    environment: 'production',
    tags: ['bench', 'chat'],
    metadata: { channel: 'web', attempt: 1 },
    input: { question: QUESTION },
  });
  for (const index of [0, 1, 2, 3]) {
    const isGeneration = index % 2 === 0;
    add(isGeneration ? 'generation-create' : 'span-create', {
      id: randomUUID(),
      traceId,
      name: isGeneration ? 'answer' : 'retrieve',
      startTime: now,
      endTime: now,
      environment: 'production',
      input: [{ role: 'user', content: QUESTION }],
      output: ANSWER,
      metadata: { step: index },
      ...(isGeneration ? { model: 'gpt-4o', usageDetails: { input: 120, output: 48 } } : {}),
    });
  }
}
