/** Golden cases: input and output of every family of exporters. */
import { describe, expect, it } from 'vitest';
import { mapSpan } from '../testing/span-request.ts';
import type { SpanInput } from '../testing/span-request.ts';

interface Case extends SpanInput {
  readonly family: string;
  readonly input?: unknown;
  readonly output?: unknown;
}

const user = { role: 'user', content: 'hi' };
const list = JSON.stringify([user]);

const CASES: readonly Case[] = [
  {
    family: 'langfuse before all others',
    attributes: { 'langfuse.observation.input': 'a', 'input.value': 'b', 'output.value': 'c' },
    input: 'a',
  },
  {
    family: 'genkit',
    attributes: { 'genkit:input': '{"q":1}', 'genkit:output': '"done"' },
    input: { q: 1 },
    output: 'done',
  },
  {
    family: 'vercel text with tool calls',
    attributes: {
      'ai.prompt.messages': list,
      'ai.response.text': 'let me look',
      'ai.response.toolCalls': '[{"toolName":"search"}]',
    },
    input: [user],
    output: { role: 'assistant', content: 'let me look', tool_calls: [{ toolName: 'search' }] },
  },
  {
    family: 'vercel tool call',
    attributes: { 'ai.toolCall.args': '{"q":"x"}', 'ai.toolCall.result': '[1]' },
    input: { q: 'x' },
    output: [1],
  },
  {
    family: 'vercel object, old name',
    attributes: { 'ai.prompt': '{"prompt":"p"}', 'ai.result.object': '{"a":true}' },
    input: { prompt: 'p' },
    output: { a: true },
  },
  {
    family: 'flue turn',
    attributes: {
      'flue.turn.input': '{"messages":[]}',
      'flue.turn.output': '{"role":"assistant"}',
    },
    input: { messages: [] },
    output: { role: 'assistant' },
  },
  { family: 'flue operation', attributes: { 'flue.operation.result': 'ok' }, output: 'ok' },
  {
    family: 'gen_ai events',
    events: [
      { name: 'gen_ai.system.message', attributes: { content: 'be brief' } },
      { name: 'gen_ai.user.message', attributes: { content: 'hi' } },
      { name: 'gen_ai.choice', attributes: { index: 0, message: '{"content":"hello"}' } },
    ],
    input: [{ role: 'system', content: 'be brief' }, user],
    output: { index: 0, message: { content: 'hello' } },
  },
  {
    family: 'gen_ai details event',
    events: [
      {
        name: 'gen_ai.client.inference.operation.details',
        attributes: {
          'gen_ai.system_instructions': '[{"type":"text","content":"be brief"}]',
          'gen_ai.input.messages': list,
          'gen_ai.output.messages': '[{"role":"assistant"}]',
        },
      },
    ],
    input: [{ role: 'system', content: 'be brief' }, user],
    output: [{ role: 'assistant' }],
  },
  {
    family: 'gen_ai content events',
    events: [
      { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': list } },
      { name: 'gen_ai.content.completion', attributes: { 'gen_ai.completion': 'hello' } },
    ],
    input: [user],
    output: 'hello',
  },
  {
    family: 'vertex',
    attributes: {
      'gcp.vertex.agent.llm_request': '{"contents":[1]}',
      'gcp.vertex.agent.llm_response': '{"parts":[2]}',
    },
    input: { contents: [1] },
    output: { parts: [2] },
  },
  {
    family: 'vertex tool call',
    attributes: {
      'gcp.vertex.agent.llm_request': '{}',
      'gcp.vertex.agent.tool_call_args': '{"q":1}',
      'gcp.vertex.agent.llm_response': '{}',
      'gcp.vertex.agent.tool_response': 'found',
    },
    input: { q: 1 },
    output: 'found',
  },
  {
    family: 'logfire',
    attributes: { prompt: 'hi', all_messages_events: '[{"role":"user"}]' },
    input: 'hi',
    output: [{ role: 'user' }],
  },
  {
    family: 'logfire events',
    attributes: {
      events:
        '[{"event.name":"gen_ai.user.message","content":"hi"},{"event.name":"gen_ai.choice","index":0}]',
    },
    input: [{ 'event.name': 'gen_ai.user.message', content: 'hi' }],
    output: { 'event.name': 'gen_ai.choice', index: 0 },
  },
  {
    family: 'livekit',
    attributes: { 'lk.user_transcript': 'hello there', 'lk.response.text': 'hi' },
    input: 'hello there',
    output: 'hi',
  },
  {
    family: 'mlflow',
    attributes: { 'mlflow.spanInputs': '{"x":1}', 'mlflow.spanOutputs': '2' },
    input: { x: 1 },
    output: 2,
  },
  {
    family: 'traceloop',
    attributes: { 'traceloop.entity.input': '{"x":1}', 'traceloop.entity.output': 'y' },
    input: { x: 1 },
    output: 'y',
  },
  {
    family: 'openinference values',
    attributes: {
      'input.value': 'in',
      'output.value': 'out',
      'llm.input_messages.0.message.role': 'x',
    },
    input: 'in',
    output: 'out',
  },
  {
    family: 'plain',
    attributes: { input: '12345678901234567890', output: 'true' },
    input: '12345678901234567890',
    output: true,
  },
  {
    family: 'pydantic-ai agent',
    attributes: {
      'pydantic_ai.all_messages': list,
      'gen_ai.system_instructions':
        '[{"type":"text","content":"one"},{"type":"text","content":"two"}]',
      final_result: 'done',
    },
    input: [{ role: 'system', content: 'one\ntwo' }, user],
    output: 'done',
  },
  {
    family: 'pydantic-ai tool',
    attributes: { tool_arguments: '{"q":1}', tool_response: 'found' },
    input: { q: 1 },
    output: 'found',
  },
  {
    family: 'gen_ai indexed',
    attributes: {
      'gen_ai.prompt.1.content': 'hi',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'be brief',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.completion.0.tool_calls.0.name': 'search',
    },
    input: [
      { role: 'system', content: 'be brief' },
      { role: 'user', content: 'hi' },
    ],
    output: [{ tool_calls: [{ name: 'search' }] }],
  },
  {
    family: 'openinference messages',
    attributes: {
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'hi',
      'llm.output_messages.0.message.content': 'hello',
    },
    input: [{ message: user }],
    output: [{ message: { content: 'hello' } }],
  },
  {
    family: 'gen_ai messages',
    attributes: {
      'gen_ai.system_instructions': '[{"parts":[{"type":"text","content":"be brief"}]}]',
      'gen_ai.input.messages': list,
      'gen_ai.output.messages': '[{"role":"assistant"}]',
    },
    input: [{ role: 'system', parts: [{ type: 'text', content: 'be brief' }] }, user],
    output: [{ role: 'assistant' }],
  },
  {
    family: 'gen_ai messages with a system message of their own',
    attributes: {
      'gen_ai.system_instructions': 'ignored',
      'gen_ai.input.messages': '[{"role":"system","content":"own"}]',
    },
    input: [{ role: 'system', content: 'own' }],
  },
  {
    family: 'gen_ai tool call',
    attributes: { 'gen_ai.tool.call.arguments': '{"q":1}', 'gen_ai.tool.call.result': 'found' },
    input: { q: 1 },
    output: 'found',
  },
  { family: 'nothing', attributes: { 'http.route': '/x' } },
];

describe('input and output', () => {
  it.each(CASES)('$family', ({ family: _, input, output, ...span }) => {
    const { body } = mapSpan(span);
    expect(body['input']).toEqual(input);
    expect(body['output']).toEqual(output);
  });

  it('are not kept a second time, and everything else is', () => {
    const { body } = mapSpan({
      attributes: {
        'input.value': 'in',
        'output.value': 'out',
        'llm.input_messages.0.message.content': 'in',
        'gen_ai.request.model': 'm',
        'http.route': '/x',
        'langfuse.user.id': 'u',
        __proto__key: 1,
      },
    });
    expect(body.metadata['attributes']).toEqual({
      'llm.input_messages.0.message.content': 'in',
      'gen_ai.request.model': 'm',
      'http.route': '/x',
      __proto__key: 1,
    });
  });
});
