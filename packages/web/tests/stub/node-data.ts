import type { TraceNode } from '../../src/observability/trace/node.ts';
import { createRandom, toHex, type Random } from './random.ts';
import type { StubTrace } from './trace-data.ts';

const none = {
  statusMessage: null,
  model: null,
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  totalCost: null,
  hasInput: true,
  hasOutput: true,
  timeToFirstTokenMs: null,
  level: 'DEFAULT',
} as const;

/** The spans of a trace: an agent that searches, calls a tool and a model; or a very large tree. */
export function createNodes(trace: StubTrace): readonly TraceNode[] {
  const random = createRandom(trace.seed + 1);
  if (trace.spans !== undefined) return createMany(random, trace.spans, trace.latencyMs ?? 1000);
  const total = trace.latencyMs ?? 6000;
  const id = () => toHex(random, 16);
  const agent = id();
  const plan = id();
  const tool = id();
  const failed = trace.level === 'ERROR';
  const nodes: TraceNode[] = [
    {
      ...none,
      id: agent,
      parentId: null,
      type: trace.types[0] === 'SPAN' ? 'SPAN' : 'AGENT',
      name: `${trace.name ?? 'run'} loop`,
      startMs: 0,
      durationMs: trace.running ? null : total,
    },
    {
      ...none,
      id: id(),
      parentId: agent,
      type: 'GUARDRAIL',
      name: 'no personal data',
      startMs: total * 0.01,
      durationMs: total * 0.03,
    },
    {
      ...none,
      id: plan,
      parentId: agent,
      type: 'CHAIN',
      name: 'plan',
      startMs: total * 0.05,
      durationMs: total * 0.4,
    },
    {
      ...none,
      id: id(),
      parentId: plan,
      type: 'EMBEDDING',
      name: 'embed question',
      startMs: total * 0.06,
      durationMs: total * 0.05,
      model: 'text-embedding-3-small',
      inputTokens: 14,
      totalTokens: 14,
      totalCost: 0.000_000_28,
    },
    {
      ...none,
      id: id(),
      parentId: plan,
      type: 'RETRIEVER',
      name: 'search handbook',
      startMs: total * 0.12,
      durationMs: total * 0.1,
    },
    {
      ...none,
      id: id(),
      parentId: plan,
      type: 'GENERATION',
      name: 'choose tool',
      startMs: total * 0.23,
      durationMs: total * 0.2,
      ...toUsage(trace, 0.4),
    },
    {
      ...none,
      id: tool,
      parentId: agent,
      type: 'TOOL',
      name: 'orders.lookup',
      startMs: total * 0.47,
      durationMs: total * 0.15,
      level: failed ? 'ERROR' : 'DEFAULT',
      statusMessage: failed ? 'Timed out after 5 s: orders.internal did not answer' : null,
    },
    {
      ...none,
      id: id(),
      parentId: tool,
      type: 'SPAN',
      name: 'GET /orders/48213',
      startMs: total * 0.48,
      durationMs: total * 0.13,
    },
    {
      ...none,
      id: id(),
      parentId: agent,
      type: 'EVENT',
      name: 'cache miss',
      startMs: total * 0.63,
      durationMs: null,
    },
    {
      ...none,
      id: id(),
      parentId: agent,
      type: 'GENERATION',
      name: 'write answer',
      startMs: total * 0.64,
      durationMs: trace.running ? null : total * 0.33,
      timeToFirstTokenMs: total * 0.08,
      hasOutput: !failed,
      ...toUsage(trace, 0.6),
    },
    {
      ...none,
      id: id(),
      parentId: 'never-sent',
      type: 'EVALUATOR',
      name: 'helpfulness judge',
      startMs: total * 0.975,
      durationMs: total * 0.02,
    },
  ];
  return nodes;
}

function toUsage(trace: StubTrace, share: number) {
  const part = (value: number | null) => (value === null ? null : Math.round(value * share));
  return {
    model: trace.models[0] ?? null,
    inputTokens: part(trace.inputTokens),
    outputTokens: part(trace.outputTokens),
    totalTokens: part(trace.totalTokens),
    totalCost: trace.totalCost === null ? null : trace.totalCost * share,
  };
}

const stepTypes = ['CHAIN', 'GENERATION', 'TOOL', 'RETRIEVER', 'SPAN'] as const;

function createMany(random: Random, count: number, total: number): readonly TraceNode[] {
  const nodes: TraceNode[] = [
    {
      ...none,
      id: 'n0',
      parentId: null,
      type: 'AGENT',
      name: 'long run',
      startMs: 0,
      durationMs: total,
    },
  ];
  for (let index = 1; index < count; index += 1) {
    const parent = nodes[index % 11 === 0 ? 0 : Math.max(0, index - random.int(1, 9))];
    const type = random.pick(stepTypes);
    const startMs = (index / count) * total * 0.98;
    nodes.push({
      ...none,
      id: `n${index}`,
      parentId: parent?.id ?? null,
      type,
      name: `${type.toLowerCase()} ${index}`,
      startMs,
      durationMs: random.skewed(2, total / 20),
      level: index % 800 === 0 ? 'ERROR' : 'DEFAULT',
      totalCost: type === 'GENERATION' ? 0.0002 : null,
      totalTokens: type === 'GENERATION' ? 320 : null,
      model: type === 'GENERATION' ? 'gpt-5-mini' : null,
    });
  }
  return nodes;
}
