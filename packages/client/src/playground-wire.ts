/** Runs of a prompt in the playground, as they cross the wire of `/api/v1/projects/{projectId}/playground`. */
import type {
  ChatAnswer,
  ChatMessage,
  ChatParameters,
  ChatResponseFormat,
  ChatTool,
  LlmAdapter,
} from './chat-wire.ts';

/** A connection and what can be asked through it. */
export interface PlaygroundConnection {
  readonly provider: string;
  readonly adapter: LlmAdapter;
  /** False: the connection can be stored but not called yet. */
  readonly isSupported: boolean;
  /** Models that the connection lists, then those its server named. */
  readonly models: readonly string[];
  /** Why the server named none; null when it did. */
  readonly problem: string | null;
}

export interface PlaygroundModels {
  readonly connections: readonly PlaygroundConnection[];
}

/** Messages that take the place of a placeholder are given by its name. */
export type PlaygroundMessage =
  | ChatMessage
  | { readonly type: 'placeholder'; readonly name: string };

export interface PlaygroundRun {
  readonly provider?: string | undefined;
  readonly model: string;
  readonly messages: readonly PlaygroundMessage[];
  /** Values of `{{variables}}`; every variable needs one. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly placeholders?: Readonly<Record<string, readonly ChatMessage[]>> | undefined;
  readonly parameters?: ChatParameters | undefined;
  readonly tools?: readonly ChatTool[] | undefined;
  /** The answer is checked against it. */
  readonly schema?: ChatResponseFormat['schema'] | undefined;
  /** Also ask the model for that form; true when absent. */
  readonly isSchemaSent?: boolean | undefined;
  /** The stored prompt that the messages are. */
  readonly prompt?: { readonly name: string; readonly version: number } | undefined;
  /** Where it is recorded; absent: a trace of its own named `playground`. */
  readonly trace?:
    | {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
        readonly sessionId?: string | undefined;
        readonly userId?: string | undefined;
        readonly tags?: readonly string[] | undefined;
      }
    | undefined;
  /** False: the call leaves no trace; true when absent. */
  readonly isRecorded?: boolean | undefined;
  /** False: one JSON answer instead of events. */
  readonly isStreamed?: boolean | undefined;
}

/** Whether an answer has the form that was asked for. */
export interface SchemaCheck {
  readonly isValid: boolean;
  /** One sentence per place; empty when it is valid. */
  readonly problems: readonly string[];
}

/** The end of a run: data of the event `answer`. */
export interface PlaygroundAnswer extends ChatAnswer {
  /** USD by the project's prices, as the trace has it; null when the model or its usage is not known. */
  readonly cost: number | null;
  /** Null without a schema. */
  readonly check: SchemaCheck | null;
}

/** Data of the event `error`: why a run has no answer. What had arrived is in the trace. */
export interface PlaygroundFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** Null when nothing was sent. */
  readonly traceId: string | null;
  readonly observationId: string | null;
}
