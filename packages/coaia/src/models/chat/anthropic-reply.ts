/** Answers in the form of Anthropic's Messages API, whole and streamed. */
import { isObject } from '#base';
import type { ChatRequest, ChatToolCall } from '@coaia/client';
import type { Reply, ReplyPart, ReplyReader } from './adapter.ts';
import { malformed, reported } from './answer-failures.ts';
import { ANSWER_TOOL } from './anthropic-request.ts';
import { toAnthropicUsage } from './usage.ts';

/** The words of OpenAI-compatible servers for why an answer ended. */
const REASONS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

interface Block {
  readonly id: string;
  /** Undefined: text. */
  readonly tool: string | undefined;
  text: string;
}

/** Reads a whole answer. Throws COAIA-4006 and COAIA-4007. */
export function parseAnthropicReply(body: unknown, request: ChatRequest): Reply {
  throwReported(body);
  if (!isObject(body) || !Array.isArray(body['content']))
    throw malformed('its JSON has no list "content"');
  const blocks = body['content'].map((block: unknown) => toBlock(block));
  return toReply(blocks, { ...body, isForm: request.responseFormat !== undefined });
}

function toBlock(block: unknown): Block {
  if (!isObject(block)) throw malformed('a part of its content is no object');
  if (block['type'] === 'tool_use')
    return {
      id: String(block['id']),
      tool: String(block['name']),
      text: JSON.stringify(block['input'] ?? {}),
    };
  const text = block['type'] === 'text' ? block['text'] : '';
  if (typeof text !== 'string') throw malformed('a text of its content is no text');
  return { id: '', tool: undefined, text };
}

interface Facts {
  readonly isForm: boolean;
  readonly usage?: unknown;
  readonly stop_reason?: unknown;
  readonly model?: unknown;
}

function toReply(blocks: readonly Block[], facts: Facts): Reply {
  const isAnswer = ({ tool }: Block) => facts.isForm && tool === ANSWER_TOOL;
  const content = blocks.filter((block) => block.tool === undefined || isAnswer(block));
  const answer = blocks.find(isAnswer);
  const calls = blocks.filter((block) => block.tool !== undefined && !isAnswer(block));
  const reason = typeof facts.stop_reason === 'string' ? facts.stop_reason : null;
  const isFormed = answer !== undefined && reason === 'tool_use';
  return {
    content: answer === undefined ? content.map(({ text }) => text).join('') : answer.text,
    toolCalls: calls.map(toToolCall),
    usage: toAnthropicUsage(facts.usage),
    finishReason:
      isFormed || reason === null ? (isFormed ? 'stop' : null) : (REASONS[reason] ?? reason),
    model: typeof facts.model === 'string' ? facts.model : null,
  };
}

function toToolCall({ id, tool, text }: Block): ChatToolCall {
  return { id, type: 'function', function: { name: tool ?? '', arguments: text || '{}' } };
}

function throwReported(body: unknown): void {
  if (!isObject(body) || body['type'] !== 'error') return;
  const error = body['error'];
  const message = isObject(error) ? error['message'] : undefined;
  throw reported(typeof message === 'string' ? message : 'it does not say which');
}

/** Collects the events of a stream. It is whole once `message_stop` came. */
export function openAnthropicReader(request: ChatRequest): ReplyReader {
  const blocks = new Map<number, Block>();
  const isForm = request.responseFormat !== undefined;
  const facts: { usage?: Record<string, unknown>; stop_reason?: unknown; model?: unknown } = {};
  let isComplete = false;
  const start = (index: number, given: unknown): readonly ReplyPart[] => {
    const block = toBlock(given);
    // The input of a tool comes piece by piece; what stands at the start is an empty object.
    blocks.set(index, { ...block, text: block.tool === undefined ? block.text : '' });
    if (block.tool !== undefined)
      return isForm ? [] : [{ type: 'tool', index, name: block.tool, arguments: '' }];
    return block.text === '' ? [] : [{ type: 'text', text: block.text }];
  };
  return {
    push(data) {
      const event = parseEvent(data);
      const index = typeof event['index'] === 'number' ? event['index'] : 0;
      if (event['type'] === 'message_stop') isComplete = true;
      if (event['type'] === 'message_start' && isObject(event['message']))
        Object.assign(facts, event['message']);
      if (event['type'] === 'message_delta') takeEnd(facts, event);
      if (event['type'] === 'content_block_start') return start(index, event['content_block']);
      return event['type'] === 'content_block_delta'
        ? takeDelta(blocks.get(index), index, event['delta'], isForm)
        : [];
    },
    get isComplete() {
      return isComplete;
    },
    toReply: () => toReply([...blocks.values()], { ...facts, isForm }),
  };
}

function parseEvent(data: string): Readonly<Record<string, unknown>> {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch (error) {
    throw malformed('an event of its stream is no JSON', error);
  }
  throwReported(event);
  if (!isObject(event) || typeof event['type'] !== 'string')
    throw malformed('an event of its stream has no type');
  return event;
}

/** The last counts are the valid ones; those of the input come at the start. */
function takeEnd(
  facts: { usage?: Record<string, unknown>; stop_reason?: unknown },
  event: Readonly<Record<string, unknown>>,
): void {
  if (isObject(event['usage'])) facts.usage = { ...facts.usage, ...event['usage'] };
  if (isObject(event['delta'])) facts.stop_reason = event['delta']['stop_reason'];
}

function takeDelta(
  block: Block | undefined,
  index: number,
  delta: unknown,
  isForm: boolean,
): readonly ReplyPart[] {
  if (block === undefined || !isObject(delta)) throw malformed('a piece belongs to no part');
  const piece = delta['text'] ?? delta['partial_json'];
  if (typeof piece !== 'string' || piece === '') return [];
  block.text += piece;
  if (block.tool === undefined) return [{ type: 'text', text: piece }];
  return isForm ? [{ type: 'text', text: piece }] : [{ type: 'tool', index, arguments: piece }];
}
