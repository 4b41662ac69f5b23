/** What the text commands need, over the store in this home or a server. */
import type { IngestionEvent, Scope } from '#base';
import type { ChatTrace } from '#models';
import { needs } from '#surface';
import type { ChatAnswer, ChatMessage, Prompt } from '@coaia/client';

export interface Question {
  readonly model: string;
  /** Name of a connection; absent: the usual one. */
  readonly provider?: string | undefined;
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number | undefined;
  readonly trace: ChatTrace;
  readonly signal: AbortSignal;
}

/** A server's own way to count tokens. */
export interface TokenizeAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TextApi {
  /**
   * Asks and records the call as a generation. `onText` gets the parts of the answer as they come. Rejects with
   * COAIA-4000 to 4012 and COAIA-0601.
   */
  ask(question: Question, onText?: (text: string) => void): Promise<ChatAnswer>;
  /** Records what stands around several calls. */
  record(events: readonly IngestionEvent[]): Promise<void>;
  /** Model of the settings, else the first that the usual connection lists. */
  defaultModel(provider: string | undefined): Promise<string | undefined>;
  /** Where the server of that connection counts tokens; undefined when it is not known. */
  tokenize(provider: string | undefined): Promise<TokenizeAddress | undefined>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A stored prompt; without a label the one in production. COAIA-0003. */
  getPrompt(name: string, label: string | undefined): Promise<Prompt>;
  /** JSON files of settings, the highest first. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Tokens that go to a model at once; undefined: what fits its model. */
  readonly maxInputTokens: number | undefined;
}

export const textApi = needs<TextApi>('text');

/** The same for the steps of pipelines, which run for a project. */
export interface TextPorts {
  open(scope: Scope): Promise<TextApi>;
}

export const textPorts = needs<TextPorts>('text-ports');
