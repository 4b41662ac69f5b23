/** Requests in the form of Anthropic's Messages API (https://docs.anthropic.com/en/api/messages). */
import { isObject } from '#base';
import type { ChatMessage, ChatParameters, ChatPart, ChatRequest } from '@coaia/client';
import type { OpenConnection } from '../connections/connection.ts';
import type { ChatCall } from './adapter.ts';

export const ANTHROPIC_URL = 'https://api.anthropic.com';

/** The API wants a limit; this is what models of every age can do. */
const DEFAULT_MAX_TOKENS = 4096;

/** Name of the tool through which an answer of a given form comes. */
export const ANSWER_TOOL = 'answer';

/** The base URL with its version, which may be in the connection's or not. */
export function toAnthropicBase({ baseUrl }: OpenConnection): string {
  const base = (baseUrl ?? ANTHROPIC_URL).replace(/\/+$/, '');
  return /\/v\d+$/.test(base) ? base : `${base}/v1`;
}

export function toAnthropicHeaders({ secretKey, extraHeaders }: OpenConnection) {
  return { 'x-api-key': secretKey, 'anthropic-version': '2023-06-01', ...extraHeaders };
}

export function toAnthropicCall(
  connection: OpenConnection,
  request: ChatRequest,
  isStreamed: boolean,
): ChatCall {
  const { messages } = request;
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  const others = messages.filter(({ role }) => role !== 'system' && role !== 'developer');
  return {
    url: `${toAnthropicBase(connection)}/messages`,
    headers: toAnthropicHeaders(connection),
    body: {
      model: request.model,
      ...(system.length === 0 ? {} : { system: system.map(toPlainText).join('\n\n') }),
      messages: others.map(toMessage),
      ...toParameters(request.parameters ?? {}),
      ...toTools(request),
      ...(isStreamed ? { stream: true } : {}),
    },
  };
}

function toPlainText({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (part.type === 'text' ? String(part['text']) : '')).join('');
}

function toMessage(message: ChatMessage): unknown {
  if (message.role === 'tool') {
    const result = {
      type: 'tool_result',
      tool_use_id: message.tool_call_id ?? '',
      content: toPlainText(message),
    };
    return { role: 'user', content: [result] };
  }
  const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: text } }) => ({
    type: 'tool_use',
    id,
    name,
    input: toInput(text),
  }));
  const role = message.role === 'assistant' ? 'assistant' : 'user';
  if (calls.length === 0 && typeof message.content === 'string')
    return { role, content: message.content };
  return { role, content: [...toBlocks(message.content), ...calls] };
}

function toInput(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function toBlocks(content: ChatMessage['content']): readonly unknown[] {
  if (content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map(toBlock);
}

/** Images by data URL or address; other parts are taken to be the API's own. */
function toBlock(part: ChatPart): unknown {
  if (part.type !== 'image_url') return part;
  const image = part['image_url'];
  const url = isObject(image) ? String(image['url']) : String(image);
  const [, type, data] = /^data:([\w/+.-]+);base64,(.*)$/s.exec(url) ?? [];
  const source =
    data === undefined ? { type: 'url', url } : { type: 'base64', media_type: type, data };
  return { type: 'image', source };
}

function toParameters(parameters: ChatParameters): Record<string, unknown> {
  const { temperature, topP, maxTokens, stop } = parameters;
  const named = {
    temperature,
    top_p: topP,
    max_tokens: maxTokens ?? DEFAULT_MAX_TOKENS,
    stop_sequences: stop,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...parameters.extra };
}

/** An answer of a given form is asked for as the arguments of a tool that must be called. */
function toTools({ tools = [], toolChoice, responseFormat }: ChatRequest): Record<string, unknown> {
  const own = tools.map(({ function: { name, description, parameters } }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: parameters ?? { type: 'object' },
  }));
  if (responseFormat !== undefined) {
    const description = 'Gives the answer in the form that was asked for.';
    const answer = { name: ANSWER_TOOL, description, input_schema: responseFormat.schema };
    return { tools: [...own, answer], tool_choice: { type: 'tool', name: ANSWER_TOOL } };
  }
  if (own.length === 0) return {};
  return toolChoice === undefined
    ? { tools: own }
    : { tools: own, tool_choice: toChoice(toolChoice) };
}

function toChoice(choice: NonNullable<ChatRequest['toolChoice']>) {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name };
  return { type: choice === 'required' ? 'any' : choice };
}
