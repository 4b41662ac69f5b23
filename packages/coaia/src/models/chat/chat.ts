/** Conversations with models: what a caller asks for and what it gets. Every call is recorded as a trace. */
import type { Scope } from '#base';
import type { ChatAnswer, ChatChunk, ChatRequest } from '@coaia/client';

export type {
  ChatAnswer,
  ChatChunk,
  ChatMessage,
  ChatParameters,
  ChatPart,
  ChatRequest,
  ChatResponseFormat,
  ChatTool,
  ChatToolCall,
  ChatUsage,
} from '@coaia/client';

/** Where and how a call is recorded. Ids are made when absent; a caller that needs them after a failure gives them. */
export interface ChatTrace {
  /** The trace it belongs to. With `parentId` the trace is there already and is left as it is. */
  readonly traceId?: string;
  /** Id of the generation. */
  readonly observationId?: string;
  /** Observation that the generation stands below. */
  readonly parentId?: string;
  /** Name of the trace and of the generation. */
  readonly name: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** `default` when absent. */
  readonly environment?: string;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly tags?: readonly string[];
  /** False: nothing is written; true when absent. */
  readonly isRecorded?: boolean;
  /** The stored prompt that the messages came from. */
  readonly prompt?: { readonly name: string; readonly version: number };
}

export interface ChatOptions {
  readonly scope: Scope;
  readonly trace: ChatTrace;
  /** Ends the call; the generation is recorded with what had arrived. */
  readonly signal?: AbortSignal;
  /** Longest wait for the whole answer in milliseconds; 10 minutes when absent. */
  readonly timeoutMs?: number;
  /** Attempts after the first one on 408, 429, 5xx and lost connections before the first byte; 2 when absent. */
  readonly retries?: number;
}

/**
 * Talks to the models that a project is connected to. Rejects with COAIA-4000 (no connection), 4001 (no
 * connection of that name), 4002 (adapter not supported), 4003 (unknown model), 4004 (key refused), 4005 (too
 * many requests), 4006 (server failed), 4007 (malformed answer), 4008 (answer cut), 4009 (not reached), 4010
 * (no answer in time), 4011 (request refused), 4012 (answer too large), COAIA-0601 (offline), or the signal's
 * reason. A call that reached a connection is recorded also when it fails; the generation then has level ERROR
 * and the sentence of the failure. The record is committed before `send` answers.
 */
export interface ChatModels {
  send(request: ChatRequest, options: ChatOptions): Promise<ChatAnswer>;
  /** The same, part by part. Leaving the loop early ends the call. */
  stream(request: ChatRequest, options: ChatOptions): AsyncIterable<ChatChunk>;
}
