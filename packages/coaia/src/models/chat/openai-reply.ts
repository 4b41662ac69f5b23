/** Answers in the form of OpenAI's chat completions, whole and streamed. */
import { isObject } from '#base';
import type { ChatToolCall, ChatUsage } from '@coaia/client';
import type { Reply, ReplyPart, ReplyReader } from './adapter.ts';
import { malformed, reported } from './answer-failures.ts';
import { toOpenAiUsage } from './usage.ts';

/** Reads a whole answer. Throws COAIA-4006 and COAIA-4007. */
export function parseOpenAiReply(body: unknown): Reply {
  throwReported(body);
  const choices: unknown = isObject(body) ? body['choices'] : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message: unknown = isObject(choice) ? choice['message'] : undefined;
  if (!isObject(body) || !isObject(choice) || !isObject(message))
    throw malformed('its JSON has no choices[0].message');
  return {
    content: toContent(message['content']),
    toolCalls: toToolCalls(message['tool_calls']),
    usage: toOpenAiUsage(body['usage']),
    finishReason: toText(choice['finish_reason']),
    model: toText(body['model']),
  };
}

function toContent(content: unknown): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (Array.isArray(content))
    return content.map((part) => (isObject(part) ? (toText(part['text']) ?? '') : '')).join('');
  throw malformed('the content of its message is no text');
}

function toToolCalls(calls: unknown): readonly ChatToolCall[] {
  if (calls === undefined || calls === null) return [];
  if (!Array.isArray(calls)) throw malformed('its tool_calls are no list');
  return calls.map((call: unknown, index) => {
    const { id, function: named } = isObject(call) ? call : {};
    const name = isObject(named) ? toText(named['name']) : null;
    if (!isObject(named) || name === null) throw malformed('a tool call has no function name');
    return toToolCall(toText(id) ?? `call_${index}`, name, toArguments(named['arguments']));
  });
}

/** Some servers send the arguments as an object instead of its text. */
function toArguments(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? {});
}

function toToolCall(id: string, name: string, text: string): ChatToolCall {
  return { id, type: 'function', function: { name, arguments: text } };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Throws COAIA-4006 for `{"error": ...}`, which servers also send with status 200 and inside streams. */
function throwReported(body: unknown): void {
  const error = isObject(body) ? body['error'] : undefined;
  if (error === undefined || error === null) return;
  const message = isObject(error) ? error['message'] : error;
  throw reported(typeof message === 'string' ? message : JSON.stringify(error));
}

/** Collects the chunks of a stream. It is whole once a finish reason or `[DONE]` came. */
export function openOpenAiReader(): ReplyReader {
  let content = '';
  let usage: ChatUsage | null = null;
  let finishReason: string | null = null;
  let model: string | null = null;
  let isDone = false;
  const calls = new Map<number, { id: string; name: string; text: string }>();
  const take = (delta: Readonly<Record<string, unknown>>): readonly ReplyPart[] => {
    const parts: ReplyPart[] = [];
    const text = toText(delta['content']);
    if (text !== null && text !== '') {
      content += text;
      parts.push({ type: 'text', text });
    }
    const pieces: readonly unknown[] = Array.isArray(delta['tool_calls'])
      ? delta['tool_calls']
      : [];
    return [...parts, ...pieces.map((piece) => takeCall(calls, piece))];
  };
  return {
    push(data) {
      if (data === '[DONE]') {
        isDone = true;
        return [];
      }
      const chunk = parseChunk(data);
      model ??= toText(chunk['model']);
      usage = toOpenAiUsage(chunk['usage']) ?? usage;
      const choice: unknown = Array.isArray(chunk['choices']) ? chunk['choices'][0] : undefined;
      if (!isObject(choice)) return [];
      finishReason = toText(choice['finish_reason']) ?? finishReason;
      return isObject(choice['delta']) ? take(choice['delta']) : [];
    },
    get isComplete() {
      return isDone || finishReason !== null;
    },
    toReply: () => ({
      content,
      toolCalls: [...calls.values()].map(({ id, name, text }) => toToolCall(id, name, text)),
      usage,
      finishReason,
      model,
    }),
  };
}

function parseChunk(data: string): Readonly<Record<string, unknown>> {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch (error) {
    throw malformed('an event of its stream is no JSON', error);
  }
  throwReported(chunk);
  if (!isObject(chunk) || (!('choices' in chunk) && !('usage' in chunk)))
    throw malformed('an event of its stream has no choices');
  return chunk;
}

function takeCall(
  calls: Map<number, { id: string; name: string; text: string }>,
  piece: unknown,
): ReplyPart {
  if (!isObject(piece)) throw malformed('a tool call of its stream is no object');
  const index = typeof piece['index'] === 'number' ? piece['index'] : calls.size;
  const named = isObject(piece['function']) ? piece['function'] : {};
  const name = toText(named['name']) ?? '';
  const text = named['arguments'] === undefined ? '' : toArguments(named['arguments']);
  const known = calls.get(index) ?? {
    id: toText(piece['id']) ?? `call_${index}`,
    name: '',
    text: '',
  };
  calls.set(index, { id: known.id, name: known.name + name, text: known.text + text });
  return { type: 'tool', index, arguments: text, ...(name === '' ? {} : { name }) };
}
