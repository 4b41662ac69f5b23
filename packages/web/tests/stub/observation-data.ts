import type { Observation, Score } from '@coaia/client';
import type { TraceNode } from '../../src/observability/trace/node.ts';
import type { StubTrace } from './trace-data.ts';

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
  const toSeconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  return {
    id: node.id,
    traceId: trace.id,
    projectId: 'default',
    type: node.type,
    name: node.name,
    startTime: new Date(start).toISOString(),
    endTime: node.durationMs === null ? null : new Date(start + node.durationMs).toISOString(),
    completionStartTime: null,
    ...toInputOutput(trace, node),
    ...toModel(node),
    metadata: node.type === 'TOOL' ? { attempt: 1, host: 'orders.internal' } : {},
    version: null,
    level: node.level,
    statusMessage: node.statusMessage,
    parentObservationId: node.parentId,
    environment: trace.environment,
    latency: toSeconds(node.durationMs),
    timeToFirstToken: toSeconds(node.timeToFirstTokenMs),
    createdAt: trace.timestamp,
    updatedAt: trace.timestamp,
  };
}

function toModel(node: TraceNode) {
  const { totalTokens, totalCost } = node;
  const input = node.inputTokens ?? 0;
  const output = node.outputTokens ?? 0;
  const generation = node.type === 'GENERATION';
  return {
    model: node.model,
    modelId: null,
    modelParameters: node.model === null ? null : { temperature: 0.2, max_tokens: 800 },
    promptId: null,
    promptName: generation ? 'support-answer' : null,
    promptVersion: generation ? 7 : null,
    usage: { input, output, total: totalTokens ?? 0, unit: 'TOKENS' },
    usageDetails: (totalTokens === null ? {} : { input, output, total: totalTokens }) as Record<
      string,
      number
    >,
    costDetails: toCosts(totalCost),
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    calculatedInputCost: null,
    calculatedOutputCost: null,
    calculatedTotalCost: totalCost,
  };
}

function toCosts(total: number | null): Record<string, number> {
  return total === null ? {} : { input: total * 0.4, output: total * 0.6, total };
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
