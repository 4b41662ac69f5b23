/** Prompts: what crosses the wire, and the calls over HTTP. */
import type { CoaiaClient } from './client.ts';
import type { JsonValue, PageMeta } from './wire.ts';

export type PromptType = 'text' | 'chat';

/** One message of a chat prompt. Members beside these are kept. */
export interface PromptMessage {
  readonly type?: 'chatmessage';
  readonly role: string;
  readonly content: string;
}

/** Stands for messages that the caller puts in. */
export interface PromptPlaceholder {
  readonly type: 'placeholder';
  readonly name: string;
}

export type PromptContent = string | readonly (PromptMessage | PromptPlaceholder)[];

export interface PromptReference {
  readonly name: string;
  readonly version: number;
  readonly id: string;
}

/** Which version included which: the keys of `dependencies` are ids of versions. */
export interface PromptGraph {
  readonly root: PromptReference;
  readonly dependencies: Readonly<Record<string, readonly PromptReference[]>>;
}

/** One version of a prompt. */
export interface Prompt {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly version: number;
  readonly type: PromptType;
  readonly prompt: PromptContent;
  readonly config: JsonValue;
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  readonly commitMessage: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The label `production` is on this version; what the first API said. */
  readonly isActive: boolean;
  /** Null when nothing is included, or when the text was asked for as written. */
  readonly resolutionGraph: PromptGraph | null;
}

/** One name with its versions. */
export interface PromptMeta {
  readonly name: string;
  readonly type: PromptType;
  readonly versions: readonly number[];
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  readonly lastUpdatedAt: string;
  readonly lastConfig: JsonValue;
}

export interface PromptPage {
  readonly data: readonly PromptMeta[];
  readonly meta: PageMeta;
  /** The same numbers once more. */
  readonly pagination: PageMeta;
}

export interface PromptListQuery {
  readonly name?: string;
  readonly label?: string;
  readonly tag?: string;
  readonly page?: number;
  /** At most 100; 10 when absent. */
  readonly limit?: number;
  /** ISO 8601; the second is not included. */
  readonly fromUpdatedAt?: string;
  readonly toUpdatedAt?: string;
}

/** Which version: a version or a label; neither means the label `production`. */
export interface PromptSelector {
  readonly version?: number;
  readonly label?: string;
}

export interface PromptGetOptions extends PromptSelector {
  /** False: the text as written, with what it includes still named and not put in. */
  readonly resolve?: boolean;
}

export interface CreatePromptBody {
  readonly name: string;
  readonly type?: PromptType;
  readonly prompt: PromptContent;
  readonly config?: unknown;
  readonly labels?: readonly string[];
  /** Absent: the tags stay; an empty list removes them. */
  readonly tags?: readonly string[];
  readonly commitMessage?: string;
}

/** The calls about prompts, on a server or on the embedded store. */
export interface PromptsApi {
  listPrompts(query?: PromptListQuery): Promise<PromptPage>;
  getPrompt(name: string, options?: PromptGetOptions): Promise<Prompt>;
  /** Adds a version; the first one fixes the type. */
  createPrompt(body: CreatePromptBody): Promise<Prompt>;
  /** Moves labels to a version; those that are on it already stay. */
  addPromptLabels(name: string, version: number, newLabels: readonly string[]): Promise<Prompt>;
  /** Without a selector all versions are deleted. */
  deletePrompt(name: string, selector?: PromptSelector): Promise<void>;
}

/** The calls over HTTP. Every method rejects with ClientError. */
export function createPromptsApi(client: Pick<CoaiaClient, 'request'>): PromptsApi {
  return {
    listPrompts: (query = {}) => client.request('GET', ['v2', 'prompts'], { query }),
    getPrompt: (name, query = {}) => client.request('GET', ['v2', 'prompts', name], { query }),
    createPrompt: (body) => client.request('POST', ['v2', 'prompts'], { body }),
    addPromptLabels: (name, version, newLabels) =>
      client.request('PATCH', ['v2', 'prompts', name, 'versions', String(version)], {
        body: { newLabels },
        isRepeatable: true,
      }),
    deletePrompt: (name, query = {}) =>
      client.request('DELETE', ['v2', 'prompts', name], { query }),
  };
}
