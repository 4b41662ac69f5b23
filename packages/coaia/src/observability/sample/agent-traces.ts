/** The sample's agent: one run that works and one that fails. */
import type { Random } from './random.ts';
import { createSampleTrace } from './sample-trace.ts';
import type { SampleStep, SampleTrace } from './sample-trace.ts';

/** An agent that looks up an order, checks the rules, refunds and writes to the customer. */
export function createAgentRun(random: Random, start: number): SampleTrace {
  const trace = createSampleTrace(random, {
    name: 'refund-agent',
    start,
    input: { message: 'My kettle arrived broken, order 1042. I would like my money back.' },
    output: { message: 'Your refund of 39.90 is on its way; it arrives within three days.' },
    userId: 'sample-user-ada',
    tags: ['agent', 'support'],
    release: '1.4.0',
  });
  const agent = trace.add({
    type: 'AGENT',
    name: 'refund-agent',
    from: 0,
    to: 6_480,
    input: { goal: 'settle the claim' },
  });
  for (const step of TOOL_STEPS) trace.add({ ...step, parent: agent });
  for (const thought of THOUGHTS) addThought(trace, agent, thought);
  trace.addScore({ name: 'resolved', value: 1, dataType: 'BOOLEAN' });
  trace.addScore({
    name: 'helpful',
    value: 0.9,
    dataType: 'NUMERIC',
    comment: 'Names the rule it acted on.',
  });
  return trace;
}

const TOOL_STEPS: readonly SampleStep[] = [
  {
    type: 'GUARDRAIL',
    name: 'check-input',
    from: 20,
    to: 85,
    input: 'My kettle arrived broken, order 1042. I would like my money back.',
    output: { allowed: true },
  },
  {
    type: 'TOOL',
    name: 'find-order',
    from: 1_340,
    to: 1_610,
    input: { order: 1042 },
    output: { order: 1042, item: 'kettle', paid: 39.9, delivered: true },
  },
  {
    type: 'RETRIEVER',
    name: 'search-rules',
    from: 2_920,
    to: 3_260,
    input: { query: 'damage in transport refund' },
    output: [{ rule: 'R7', text: 'Damage in transport is refunded in full within 30 days.' }],
  },
  {
    type: 'TOOL',
    name: 'refund',
    from: 4_440,
    to: 5_050,
    input: { order: 1042, amount: 39.9 },
    output: { refunded: 39.9 },
  },
  { type: 'EVENT', name: 'customer-notified', from: 6_320, output: { channel: 'mail' } },
];

const THOUGHTS: readonly Thought[] = [
  {
    from: 100,
    to: 1_320,
    output: 'I need the order first.',
    tokens: { input: 412, output: 38 },
  },
  {
    from: 1_630,
    to: 2_900,
    output: 'Which rule covers damage in transport?',
    tokens: { input: 561, output: 44 },
  },
  {
    from: 3_280,
    to: 4_420,
    output: 'Rule R7 applies: refund in full.',
    tokens: { input: 702, output: 51 },
  },
  {
    from: 5_070,
    to: 6_300,
    output: 'Your refund of 39.90 is on its way; it arrives within three days.',
    tokens: { input: 788, output: 63 },
  },
];

interface Thought {
  readonly from: number;
  readonly to: number;
  readonly output: string;
  readonly tokens: { readonly input: number; readonly output: number };
}

function addThought(trace: SampleTrace, parent: string, thought: Thought): void {
  const { from, to, output, tokens } = thought;
  trace.add({
    type: 'GENERATION',
    name: 'think',
    from,
    to,
    parent,
    input: [
      { role: 'system', content: 'You settle claims of customers. Use the tools.' },
      {
        role: 'user',
        content: 'My kettle arrived broken, order 1042. I would like my money back.',
      },
    ],
    output: { role: 'assistant', content: output },
    tokens,
    firstToken: from + 240,
  });
}

/** The same agent against a payment service that does not answer: retried, then given up. */
export function createFailingRun(random: Random, start: number): SampleTrace {
  const trace = createSampleTrace(random, {
    name: 'refund-agent',
    start,
    input: { message: 'Please refund order 1077.' },
    userId: 'sample-user-grace',
    tags: ['agent', 'support'],
    release: '1.4.0',
  });
  const agent = trace.add({
    type: 'AGENT',
    name: 'refund-agent',
    from: 0,
    to: 9_200,
    level: 'ERROR',
    statusMessage: 'The refund tool failed three times.',
    input: { goal: 'settle the claim' },
  });
  for (const [index, from] of [900, 3_100, 6_000].entries()) {
    trace.add({
      type: 'TOOL',
      name: 'refund',
      from,
      to: from + 2_000 + index * 400,
      parent: agent,
      input: { order: 1077, amount: 12.5, attempt: index + 1 },
      level: index === 2 ? 'ERROR' : 'WARNING',
      statusMessage: 'payments.example did not answer within 2 s',
    });
  }
  trace.addScore({ name: 'resolved', value: 0, dataType: 'BOOLEAN' });
  return trace;
}
