/** Golden cases: which exporter's words make which observation type. */
import { describe, expect, it } from 'vitest';
import { mapSpan } from '../testing/span-request.ts';
import type { SpanInput } from '../testing/span-request.ts';

const CASES: readonly (readonly [string, SpanInput])[] = [
  ['generation', { attributes: { 'openinference.span.kind': 'LLM' } }],
  ['retriever', { attributes: { 'openinference.span.kind': 'RERANKER' } }],
  ['chain', { attributes: { 'openinference.span.kind': 'CHAIN', 'llm.model_name': 'm' } }],
  ['generation', { attributes: { 'gen_ai.operation.name': 'chat' } }],
  ['generation', { attributes: { 'gen_ai.operation.name': 'text_completion' } }],
  ['embedding', { attributes: { 'gen_ai.operation.name': 'embeddings' } }],
  ['agent', { attributes: { 'gen_ai.operation.name': 'invoke_agent' } }],
  ['tool', { attributes: { 'gen_ai.operation.name': 'execute_tool' } }],
  ['generation', { attributes: { 'genkit:metadata:subtype': 'model' } }],
  ['chain', { attributes: { 'genkit:metadata:subtype': 'flow' } }],
  ['tool', { attributes: { 'genkit:metadata:subtype': 'tool.v2' } }],
  ['embedding', { attributes: { 'genkit:metadata:subtype': 'embedder' } }],
  [
    'generation',
    { attributes: { 'ai.operationId': 'ai.streamText.doStream', 'ai.model.id': 'm' } },
  ],
  ['embedding', { attributes: { 'operation.name': 'ai.embed.doEmbed my-function' } }],
  ['tool', { attributes: { 'ai.operationId': 'ai.toolCall' } }],
  ['span', { attributes: { 'ai.operationId': 'ai.streamText', 'ai.model.id': 'm' } }],
  ['tool', { attributes: { 'gen_ai.tool.name': 'search', 'gen_ai.request.model': 'm' } }],
  ['tool', { attributes: { 'flue.tool.name': 'search' } }],
  ['agent', { attributes: { 'flue.task.agent': 'writer' } }],
  ['span', { attributes: { 'flue.workflow.name': 'report', model: 'm' } }],
  ['tool', { attributes: { 'lk.function_tool.name': 'search' } }],
  ['generation', { name: 'llm_request', attributes: { 'lk.chat_ctx': '{}' } }],
  ['agent', { name: 'agent_turn', scope: 'livekit-agents' }],
  ['span', { name: 'agent_turn' }],
  ['chain', { attributes: { 'traceloop.span.kind': 'workflow' } }],
  ['generation', { attributes: { 'mlflow.spanType': '"CHAT_MODEL"' } }],
  ['generation', { attributes: { 'gen_ai.request.model': 'm' } }],
  ['generation', { attributes: { 'llm.model_name': 'm' } }],
  ['generation', { attributes: { model: 'm' } }],
  ['span', { attributes: { model: '' } }],
  ['span', { attributes: { 'gen_ai.operation.name': 'constructor' } }],
  ['span', {}],
  [
    'tool',
    { attributes: { 'langfuse.observation.type': 'tool', 'openinference.span.kind': 'LLM' } },
  ],
  [
    'retriever',
    { attributes: { 'openinference.span.kind': 'RETRIEVER', 'gen_ai.operation.name': 'chat' } },
  ],
];

describe('observation type', () => {
  it.each(CASES)('%s from %j', (type, span) => {
    expect(mapSpan(span).type).toBe(`${type}-create`);
  });
});
