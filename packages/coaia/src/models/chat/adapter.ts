/** How one kind of model server is spoken to. Adapters only translate; sending is done in one place. */
import type { ChatRequest, ChatToolCall, ChatUsage } from '@coaia/client';
import type { OpenConnection } from '../connections/connection.ts';

export interface ChatCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An answer as far as it is known. */
export interface Reply {
  readonly content: string;
  readonly toolCalls: readonly ChatToolCall[];
  readonly usage: ChatUsage | null;
  readonly finishReason: string | null;
  /** Null when the server did not name it. */
  readonly model: string | null;
}

/** A part of an answer that has just arrived. */
export type ReplyPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool';
      readonly index: number;
      readonly name?: string;
      readonly arguments: string;
    };

/** Collects a streamed answer. */
export interface ReplyReader {
  /** Takes the data of one event; returns what is new. Throws COAIA-4006 and COAIA-4007. */
  push(data: string): readonly ReplyPart[];
  /** True once the server has said that the answer is whole. */
  readonly isComplete: boolean;
  /** All that arrived. */
  toReply(): Reply;
}

export interface Adapter {
  /** The base URL of the vendor's own server. */
  readonly vendorUrl: string;
  /** The call for a request. */
  toCall(connection: OpenConnection, request: ChatRequest, isStreamed: boolean): ChatCall;
  /** The call that lists the server's models, and what it answers. */
  toModelsCall(connection: OpenConnection): Omit<ChatCall, 'body'>;
  /** Reads a whole answer. Throws COAIA-4007. */
  parseReply(body: unknown, request: ChatRequest): Reply;
  openReader(request: ChatRequest): ReplyReader;
}
