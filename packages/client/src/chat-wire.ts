/** Conversations with models, in the words of OpenAI-compatible servers. */

/** Protocols of model servers. */
export type LlmAdapter =
  | 'anthropic'
  | 'openai'
  | 'azure'
  | 'bedrock'
  | 'google-vertex-ai'
  | 'google-ai-studio';

/** One part of a message that is more than text: `{type: "text", text}`, `{type: "image_url", image_url}`... */
export type ChatPart = Readonly<Record<string, unknown>> & { readonly type: string };

/** A call of a tool as the model wrote it; `arguments` is the model's text, which may be no JSON. */
export interface ChatToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** One message; fields are named as OpenAI-compatible servers name them, so stored prompts and traces fit. */
export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly content: string | null | readonly ChatPart[];
  readonly name?: string | undefined;
  /** What an assistant called. */
  readonly tool_calls?: readonly ChatToolCall[] | undefined;
  /** Which call a tool's message answers. */
  readonly tool_call_id?: string | undefined;
}

export interface ChatTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string | undefined;
    /** JSON Schema of the arguments. */
    readonly parameters?: Readonly<Record<string, unknown>> | undefined;
    readonly strict?: boolean | undefined;
  };
}

/** Parameters of a model. Absent ones are not sent, so the server's defaults hold. */
export interface ChatParameters {
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  /** Most tokens of the answer. */
  readonly maxTokens?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly seed?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  /** Fields of one server that have no name here; sent as they are. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer shall be JSON of this form. Servers that cannot enforce it get it in words. */
export interface ChatResponseFormat {
  readonly name?: string | undefined;
  /** JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  /** Name of the connection; absent: the one that lists the model, else the only one there is. */
  readonly provider?: string | undefined;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly parameters?: ChatParameters | undefined;
  readonly responseFormat?: ChatResponseFormat | undefined;
  readonly tools?: readonly ChatTool[] | undefined;
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string } | undefined;
}

/** Counts of tokens as the server reported them; a count it did not report is null, never an estimate. */
export interface ChatUsage {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  /** Parts of the counts above, under Langfuse's names: `input_cached_tokens`, `output_reasoning_tokens`... */
  readonly details: Readonly<Record<string, number>>;
}

export interface ChatAnswer {
  /** Empty when the model only called tools. */
  readonly content: string;
  readonly toolCalls: readonly ChatToolCall[];
  /** Null when the server reported none. */
  readonly usage: ChatUsage | null;
  /** `stop`, `length`, `tool_calls`, `content_filter` or what the server wrote; null when it wrote nothing. */
  readonly finishReason: string | null;
  /** The model that answered, as the server names it. */
  readonly model: string;
  /** Name of the connection that was used. */
  readonly provider: string;
  /** The trace and the generation that this call is recorded as. */
  readonly traceId: string;
  readonly observationId: string;
  /** Milliseconds from sending to the end of the answer, and to its first part (null when it was not streamed). */
  readonly latencyMs: number;
  readonly timeToFirstTokenMs: number | null;
}

/** What a stream yields: parts in order, then exactly one `answer`. */
export type ChatChunk =
  | { readonly type: 'text'; readonly text: string }
  /** A tool call began, or its arguments grew. */
  | {
      readonly type: 'tool';
      readonly index: number;
      readonly name?: string;
      readonly arguments: string;
    }
  | { readonly type: 'answer'; readonly answer: ChatAnswer };
