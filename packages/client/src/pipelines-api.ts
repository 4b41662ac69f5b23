/** Pipeline templates on the wire, and the calls about them. */
import type { CoaiaClient } from './client.ts';

export type PipelineSource = 'project' | 'user' | 'server' | 'builtin';
export type PipelineFormat = 'json' | 'yaml';
export type PipelineValues = Readonly<Record<string, unknown>>;

export interface PipelineVariable {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'list';
  readonly required: boolean;
  /** Null: none. May be an expression. */
  readonly default: unknown;
  readonly description: string | null;
  /** Nothing else is accepted. */
  readonly choices: readonly unknown[] | null;
  /** Usual values; others are accepted. */
  readonly suggestions: readonly unknown[] | null;
  readonly secret: boolean;
}

export interface PipelineSummary {
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly author: string | null;
  /** Where it was found; a server knows its store and what comes with the program. */
  readonly source: PipelineSource;
  /** `sha256:` and the hex digest of the text. */
  readonly digest: string;
  readonly variables: readonly PipelineVariable[];
  readonly stepCount: number;
  /** Names of actions that its steps have, each once. */
  readonly actions: readonly string[];
  /** When it was saved, ISO 8601; null for what comes with the program. */
  readonly updatedAt: string | null;
  /** Why it cannot be used; null when it can. Then everything but name, source and digest is empty. */
  readonly problem: string | null;
}

export interface PipelineRevision {
  /** From 1; the highest is what counts. */
  readonly revision: number;
  /** What the text says. */
  readonly version: string;
  readonly digest: string;
  readonly createdAt: string;
}

export interface PipelineDetail extends PipelineSummary {
  readonly text: string;
  readonly format: PipelineFormat;
  /** With inheritance applied and defaults filled in, in the field names of the file; null when it is broken. */
  readonly template: PipelineValues | null;
  /** Newest first; empty for what comes with the program. */
  readonly versions: readonly PipelineRevision[];
}

export interface PipelineText {
  readonly text: string;
  readonly format: PipelineFormat;
}

export interface PipelineProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  /** Where in the document, for example `steps.2.parent`. */
  readonly path: string;
  /** From 1. */
  readonly line: number | null;
}

export interface PipelinePreviewStep {
  readonly id: string;
  readonly name: string;
  /** Null for a step that is left out. */
  readonly type: string | null;
  readonly parent: string | null;
  /** False when its condition is. */
  readonly kept: boolean;
  readonly input: unknown;
  readonly metadata: PipelineValues;
  readonly action: string | null;
  /** As the template has it: filled in when the action runs. */
  readonly with: PipelineValues | null;
}

export interface PipelinePreview {
  readonly trace: {
    readonly name: string;
    readonly userId: string | null;
    readonly sessionId: string | null;
    readonly metadata: PipelineValues;
  };
  readonly steps: readonly PipelinePreviewStep[];
  readonly warnings: readonly string[];
}

export interface PipelineList {
  readonly data: readonly PipelineSummary[];
  /** Always null: the whole list is one page. */
  readonly meta: { readonly cursor: null };
}

/** The calls about templates of a project, the same over the embedded store and over HTTP. */
export interface PipelinesApi {
  listPipelines(): Promise<PipelineList>;
  /** @param range Of versions, for example `^1.2`; the newest revision when absent. */
  getPipeline(name: string, range?: string): Promise<PipelineDetail>;
  /** @param input `baseDigest` is the digest of what was edited: saving fails when it is not the newest any more. */
  putPipeline(
    name: string,
    input: PipelineText & { readonly baseDigest?: string },
  ): Promise<PipelineDetail>;
  deletePipeline(name: string): Promise<{ readonly deleted: number }>;
  validatePipeline(input: PipelineText): Promise<{ readonly problems: readonly PipelineProblem[] }>;
  previewPipeline(
    input: ({ readonly name: string } | PipelineText) & { readonly variables?: PipelineValues },
  ): Promise<PipelinePreview>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createPipelinesApi(client: Pick<CoaiaClient, 'request'>): PipelinesApi {
  const pipelines = ['pipelines'];
  const area = 'v1' as const;
  return {
    listPipelines: () => client.request('GET', pipelines, { area }),
    getPipeline: (name, range) =>
      client.request('GET', [...pipelines, name], {
        area,
        ...(range === undefined ? {} : { query: { version: range } }),
      }),
    putPipeline: (name, body) => client.request('PUT', [...pipelines, name], { area, body }),
    deletePipeline: (name) => client.request('DELETE', [...pipelines, name], { area }),
    validatePipeline: (body) =>
      client.request('POST', [...pipelines, 'validate'], { area, body, isRepeatable: true }),
    previewPipeline: (body) =>
      client.request('POST', [...pipelines, 'preview'], { area, body, isRepeatable: true }),
  };
}
