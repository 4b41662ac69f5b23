/** The sample's everyday work: short requests, and one long pipeline. */
import type { Random } from './random.ts';
import { createSampleTrace } from './sample-trace.ts';
import type { SampleTrace } from './sample-trace.ts';

const TICKETS = [
  { text: 'The invoice shows the wrong address.', label: 'billing' },
  { text: 'Parcel has not moved for three days.', label: 'delivery' },
  { text: 'How do I change my password?', label: 'account' },
  { text: 'The lamp flickers when it is cold.', label: 'product' },
  { text: 'Thank you, all is well now!', label: 'other' },
] as const;

const USERS = [
  'sample-user-ada',
  'sample-user-grace',
  'sample-user-lin',
  'sample-user-tom',
] as const;

/** One ticket put into a class: mostly quick and right, sometimes slow, sometimes unsure. */
export function createTicket(random: Random, start: number): SampleTrace {
  const ticket = random.pick(TICKETS);
  const end = random.next() < 0.15 ? random.whole(3_000, 7_000) : random.whole(350, 1_400);
  const isUnsure = random.next() < 0.2;
  const trace = createSampleTrace(random, {
    name: 'sort-ticket',
    start,
    input: { ticket: ticket.text },
    output: { label: ticket.label },
    userId: random.pick(USERS),
    tags: ['tickets'],
    release: random.pick(['1.3.2', '1.4.0']),
  });
  const root = trace.add({
    type: 'SPAN',
    name: 'sort-ticket',
    from: 0,
    to: end,
    input: { ticket: ticket.text },
    output: { label: ticket.label },
  });
  trace.add({
    type: 'GENERATION',
    name: 'classify',
    from: 12,
    to: end - 8,
    parent: root,
    input: [
      {
        role: 'user',
        content: `Which class: billing, delivery, account, product, other?\n${ticket.text}`,
      },
    ],
    output: { role: 'assistant', content: ticket.label },
    tokens: { input: random.whole(60, 90), output: random.whole(2, 6) },
    firstToken: 12 + random.whole(90, 240),
    ...(isUnsure
      ? { level: 'WARNING' as const, statusMessage: 'confidence 0.48 is below 0.6' }
      : {}),
  });
  if (random.next() < 0.5) {
    trace.addScore({
      name: 'label-check',
      value: isUnsure ? 'wrong' : 'right',
      dataType: 'CATEGORICAL',
    });
  }
  return trace;
}

const STAGES = ['read', 'clean', 'split', 'embed', 'index', 'verify'] as const;
const CHUNKS = 8;

/** A nightly pipeline: six stages of eight chunks, one after the other and side by side. */
export function createPipelineRun(random: Random, start: number): SampleTrace {
  const trace = createSampleTrace(random, {
    name: 'nightly-index',
    start,
    input: { documents: 480 },
    output: { indexed: 478, skipped: 2 },
    tags: ['pipeline', 'nightly'],
    release: '2.1.0',
  });
  const stages: { from: number; to: number }[] = [];
  let at = 50;
  for (const _ of STAGES) {
    const to = at + random.whole(18_000, 42_000);
    stages.push({ from: at, to });
    at = to + 40;
  }
  const root = trace.add({
    type: 'CHAIN',
    name: 'nightly-index',
    from: 0,
    to: at,
    input: { documents: 480 },
  });
  for (const [index, { from, to }] of stages.entries()) {
    const stage = trace.add({
      type: 'SPAN',
      name: STAGES[index] ?? 'stage',
      from,
      to,
      parent: root,
    });
    addChunks(trace, random, stage, { from, to, isEmbedding: STAGES[index] === 'embed' });
  }
  trace.add({
    type: 'EVENT',
    name: 'index-published',
    from: at - 5,
    parent: root,
    output: { version: 212 },
  });
  return trace;
}

interface Stage {
  readonly from: number;
  readonly to: number;
  readonly isEmbedding: boolean;
}

function addChunks(trace: SampleTrace, random: Random, parent: string, stage: Stage): void {
  const length = stage.to - stage.from;
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const from = stage.from + Math.round((length / CHUNKS) * chunk * 0.8);
    const to = Math.min(stage.to, from + Math.round((length / CHUNKS) * (1.2 + random.next())));
    trace.add({
      type: stage.isEmbedding ? 'EMBEDDING' : 'SPAN',
      name: `chunk-${chunk + 1}`,
      from,
      to,
      parent,
      output: { documents: 60 },
      ...(stage.isEmbedding ? { tokens: { input: random.whole(9_000, 14_000), output: 0 } } : {}),
    });
  }
}
