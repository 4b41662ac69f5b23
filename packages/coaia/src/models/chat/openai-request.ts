/** Requests in the form of OpenAI's chat completions, which most model servers take. */
import type { ChatParameters, ChatRequest } from '@coaia/client';
import type { OpenConnection } from '../connections/connection.ts';
import type { ChatCall } from './adapter.ts';

export const OPENAI_URL = 'https://api.openai.com/v1';

/** The base URL without a slash at its end. */
export function toBase({ baseUrl }: OpenConnection): string {
  return (baseUrl ?? OPENAI_URL).replace(/\/+$/, '');
}

export function toOpenAiHeaders({ secretKey, extraHeaders }: OpenConnection) {
  const key = secretKey === '' ? {} : { authorization: `Bearer ${secretKey}` };
  return { ...key, ...extraHeaders };
}

export function toOpenAiCall(
  connection: OpenConnection,
  request: ChatRequest,
  isStreamed: boolean,
): ChatCall {
  const base = toBase(connection);
  return {
    url: `${base}/chat/completions`,
    headers: toOpenAiHeaders(connection),
    body: {
      model: request.model,
      messages: request.messages,
      ...toParameters(request.parameters ?? {}, base === OPENAI_URL),
      ...toTools(request),
      ...toFormat(request),
      ...(isStreamed ? { stream: true, stream_options: { include_usage: true } } : {}),
    },
  };
}

/** OpenAI's own newer models refuse `max_tokens`, other servers do not know the new name. */
function toParameters(parameters: ChatParameters, isVendor: boolean): Record<string, unknown> {
  const { temperature, topP, maxTokens, frequencyPenalty, presencePenalty, seed, stop } =
    parameters;
  const named = {
    temperature,
    top_p: topP,
    [isVendor ? 'max_completion_tokens' : 'max_tokens']: maxTokens,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...parameters.extra };
}

function toTools({ tools = [], toolChoice }: ChatRequest): Record<string, unknown> {
  if (tools.length === 0) return {};
  if (toolChoice === undefined) return { tools };
  const isNamed = typeof toolChoice === 'object';
  return {
    tools,
    tool_choice: isNamed ? { type: 'function', function: { name: toolChoice.name } } : toolChoice,
  };
}

function toFormat({ responseFormat }: ChatRequest): Record<string, unknown> {
  if (responseFormat === undefined) return {};
  const { name = 'answer', schema } = responseFormat;
  return { response_format: { type: 'json_schema', json_schema: { name, schema } } };
}
