import type { Observation, Score } from '@coaia/client';
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

/** Scores of a trace as the API answers them. */
export function createScores(trace: StubTrace): readonly Score[] {
  return trace.scores.map((score, index) => ({
    id: `${trace.id}-score-${index}`,
    projectId: 'default',
    traceId: trace.id,
    observationId: null,
    sessionId: null,
    datasetRunId: null,
    ...score,
    source: 'EVAL',
    comment: 'Answers the question and names the next step.',
    metadata: null,
    configId: null,
    queueId: null,
    authorUserId: null,
    environment: trace.environment,
    timestamp: trace.timestamp,
    createdAt: trace.timestamp,
    updatedAt: trace.timestamp,
  }));
}

/** A node with its input and output. */
export function createObservation(trace: StubTrace, node: TraceNode): Observation {
  const start = Date.parse(trace.timestamp) + node.startMs;
  const end = node.durationMs === null ? null : new Date(start + node.durationMs).toISOString();
  const usage =
    node.totalTokens === null
      ? {}
      : { input: node.inputTokens ?? 0, output: node.outputTokens ?? 0, total: node.totalTokens };
  const cost =
    node.totalCost === null
      ? {}
      : { input: node.totalCost * 0.4, output: node.totalCost * 0.6, total: node.totalCost };
  return {
    id: node.id,
    traceId: trace.id,
    projectId: 'default',
    type: node.type,
    name: node.name,
    startTime: new Date(start).toISOString(),
    endTime: end,
    completionStartTime: null,
    model: node.model,
    modelId: null,
    modelParameters: node.model === null ? null : { temperature: 0.2, max_tokens: 800 },
    ...toInputOutput(trace, node),
    metadata: node.type === 'TOOL' ? { attempt: 1, host: 'orders.internal' } : {},
    version: null,
    level: node.level,
    statusMessage: node.statusMessage,
    parentObservationId: node.parentId,
    promptId: null,
    promptName: node.type === 'GENERATION' ? 'support-answer' : null,
    promptVersion: node.type === 'GENERATION' ? 7 : null,
    environment: trace.environment,
    usage: {
      input: node.inputTokens ?? 0,
      output: node.outputTokens ?? 0,
      total: node.totalTokens ?? 0,
      unit: 'TOKENS',
    },
    usageDetails: usage,
    costDetails: cost,
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    calculatedInputCost: null,
    calculatedOutputCost: null,
    calculatedTotalCost: node.totalCost,
    latency: node.durationMs === null ? null : node.durationMs / 1000,
    timeToFirstToken: node.timeToFirstTokenMs === null ? null : node.timeToFirstTokenMs / 1000,
    createdAt: trace.timestamp,
    updatedAt: trace.timestamp,
  };
}

function toInputOutput(
  trace: StubTrace,
  node: TraceNode,
): { readonly input: unknown; readonly output: unknown } {
  const call = {
    id: 'call_9f2',
    type: 'function',
    function: { name: 'orders.lookup', arguments: '{"order":48213,"fields":["status","eta"]}' },
  };
  const history = [
    {
      role: 'system',
      content: 'You answer customers of a clothing shop. Be brief, and name the next step.',
    },
    { role: 'user', content: trace.inputPreview ?? 'Hello?' },
  ];
  if (node.name === 'choose tool')
    return { input: history, output: { role: 'assistant', content: null, tool_calls: [call] } };
  if (node.name === 'write answer') {
    const answered = [
      ...history,
      { role: 'assistant', content: null, tool_calls: [call] },
      {
        role: 'tool',
        tool_call_id: 'call_9f2',
        content: '{"status":"shipped","eta":"2026-11-21T11:00:00Z"}',
      },
    ];
    return {
      input: answered,
      output:
        trace.outputPreview === null ? null : { role: 'assistant', content: trace.outputPreview },
    };
  }
  if (node.type === 'TOOL')
    return {
      input: { order: 48_213, fields: ['status', 'eta'] },
      output:
        node.level === 'ERROR'
          ? null
          : {
              status: 'shipped',
              eta: '2026-11-21T11:00:00Z',
              parcels: [{ carrier: 'post', id: 'AT-20391' }],
            },
    };
  if (node.type === 'RETRIEVER')
    return {
      input: trace.inputPreview,
      output: [
        { file: 'returns.md', score: 0.83, text: 'Returns are free within 30 days.' },
        { file: 'shipping.md', score: 0.71, text: 'Parcels leave before noon.' },
      ],
    };
  return { input: trace.inputPreview, output: trace.outputPreview };
}
