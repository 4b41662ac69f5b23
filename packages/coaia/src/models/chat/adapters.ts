/** The kinds of model servers that are spoken to. */
import type { LlmAdapter } from '@coaia/client';
import type { OpenConnection } from '../connections/connection.ts';
import { modelFailures } from '../errors.ts';
import type { Adapter } from './adapter.ts';
import { openAnthropicReader, parseAnthropicReply } from './anthropic-reply.ts';
import {
  ANTHROPIC_URL,
  toAnthropicBase,
  toAnthropicCall,
  toAnthropicHeaders,
} from './anthropic-request.ts';
import { openOpenAiReader, parseOpenAiReply } from './openai-reply.ts';
import { OPENAI_URL, toBase, toOpenAiCall, toOpenAiHeaders } from './openai-request.ts';

const adapters: Readonly<Partial<Record<LlmAdapter, Adapter>>> = {
  openai: {
    vendorUrl: OPENAI_URL,
    toCall: toOpenAiCall,
    toModelsCall: (connection) => ({
      url: `${toBase(connection)}/models`,
      headers: toOpenAiHeaders(connection),
    }),
    parseReply: parseOpenAiReply,
    openReader: openOpenAiReader,
  },
  anthropic: {
    vendorUrl: ANTHROPIC_URL,
    toCall: toAnthropicCall,
    toModelsCall: (connection) => ({
      url: `${toAnthropicBase(connection)}/models`,
      headers: toAnthropicHeaders(connection),
    }),
    parseReply: parseAnthropicReply,
    openReader: openAnthropicReader,
  },
};

/** True when connections with the adapter can be called. */
export function isSupported(adapter: LlmAdapter): boolean {
  return adapters[adapter] !== undefined;
}

/** Throws COAIA-4002 for adapters that can only be stored. */
export function findAdapter({ adapter, provider }: OpenConnection): Adapter {
  const found = adapters[adapter];
  if (found !== undefined) return found;
  throw modelFailures.create(
    'COAIA-4002',
    `The adapter ${adapter} of the connection "${provider}" is not supported yet; use an OpenAI-compatible gateway.`,
    { hint: `coaia models connections set ${provider} --adapter openai --base-url URL` },
  );
}
