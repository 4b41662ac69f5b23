import { expect, test } from 'vitest';
import { parseMessages } from './parse-messages.ts';

test('OpenAI chat with a tool call and its answer', () => {
  const messages = parseMessages([
    { role: 'user', content: 'Where is it?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'lookup', arguments: '{"id":7}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'c1', content: '{"status":"shipped"}' },
  ]);
  expect(messages).toEqual([
    { role: 'user', blocks: [{ kind: 'text', text: 'Where is it?' }] },
    { role: 'assistant', blocks: [{ kind: 'call', name: 'lookup', id: 'c1', args: { id: 7 } }] },
    { role: 'tool', blocks: [{ kind: 'result', id: 'c1', value: { status: 'shipped' } }] },
  ]);
});

test('OpenAI answer by choices, and responses by output', () => {
  expect(parseMessages({ choices: [{ message: { role: 'assistant', content: 'Hi' } }] })).toEqual([
    { role: 'assistant', blocks: [{ kind: 'text', text: 'Hi' }] },
  ]);
  expect(
    parseMessages({
      output: [
        { type: 'function_call', name: 'f', arguments: '{}', call_id: 'x' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
      ],
    }),
  ).toEqual([
    { role: 'assistant', blocks: [{ kind: 'call', name: 'f', id: 'x', args: {} }] },
    { role: 'assistant', blocks: [{ kind: 'text', text: 'Hi' }] },
  ]);
});

test('Anthropic: system, tool use, tool result, image', () => {
  const messages = parseMessages({
    system: 'Be brief.',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: {} },
          { type: 'text', text: 'What is this?' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'tool_use', id: 't1', name: 'see', input: { x: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'a cat' }] },
        ],
      },
    ],
  });
  expect(messages?.map((message) => message.blocks)).toEqual([
    [{ kind: 'text', text: 'Be brief.' }],
    [
      { kind: 'media', label: 'image' },
      { kind: 'text', text: 'What is this?' },
    ],
    [
      { kind: 'thinking', text: 'hm' },
      { kind: 'call', name: 'see', id: 't1', args: { x: 1 } },
    ],
    [{ kind: 'result', id: 't1', value: 'a cat' }],
  ]);
});

test('Gemini: contents, function call and response, candidates', () => {
  const messages = parseMessages({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Hello' }] },
      { role: 'model', parts: [{ functionCall: { name: 'f', args: { a: 1 } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: { b: 2 } } }] },
    ],
  });
  expect(messages?.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(messages?.[2]?.blocks).toEqual([{ kind: 'call', name: 'f', args: { a: 1 } }]);
  expect(messages?.[3]?.blocks).toEqual([{ kind: 'result', name: 'f', value: { b: 2 } }]);
  expect(
    parseMessages({ candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] } }] }),
  ).toEqual([{ role: 'assistant', blocks: [{ kind: 'text', text: 'Hi' }] }]);
});

test('OpenTelemetry GenAI parts inside a JSON string', () => {
  const text = JSON.stringify([
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'Hi' },
        { type: 'tool_call', id: 'a', name: 'f', arguments: { x: 1 } },
      ],
    },
  ]);
  expect(parseMessages(text)).toEqual([
    {
      role: 'assistant',
      blocks: [
        { kind: 'text', text: 'Hi' },
        { kind: 'call', name: 'f', id: 'a', args: { x: 1 } },
      ],
    },
  ]);
});

test('LangChain: a batch of one, roles human and ai', () => {
  expect(
    parseMessages([
      [
        { type: 'human', content: 'Hi' },
        { type: 'ai', content: 'Hello' },
      ],
    ])?.map((one) => one.role),
  ).toEqual(['user', 'assistant']);
});

test.each([['plain text'], [{ a: 1 }], [[1, 2]], [null], [42], [[]], ['{not json']])(
  '%j is no chat',
  (value) => {
    expect(parseMessages(value)).toBeUndefined();
  },
);
