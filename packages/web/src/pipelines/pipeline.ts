/** The ways a template can be written down. */
export type PipelineFormat = 'json' | 'yaml';

/** A value the template asks for. */
export interface PipelineVariable {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly description?: string | null;
  readonly choices?: readonly unknown[] | null;
  /** Offered, but other values are taken too. */
  readonly suggestions?: readonly unknown[] | null;
  readonly secret?: boolean;
}

/** A line of the list of pipelines. */
export interface PipelineLine {
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly source: PipelineSource;
  readonly digest: string;
  readonly variables: readonly PipelineVariable[];
  readonly stepCount: number;
  readonly actions: readonly string[];
  readonly updatedAt: string | null;
}

/** Where a template was found: the project's files or store, the user's folder, or the program itself. */
export type PipelineSource = 'project' | 'user' | 'server' | 'builtin';

/** One stored version of a template. */
export interface PipelineVersion {
  readonly version: string | number;
  readonly digest: string;
  readonly createdAt?: string | null;
  readonly createdBy?: string | null;
  readonly text?: string;
  readonly format?: PipelineFormat;
}

/** A template with its text. */
export interface PipelineDetail extends PipelineLine {
  readonly text: string;
  readonly format: PipelineFormat;
  /** With what it extends put in. */
  readonly template: { readonly steps?: readonly Readonly<Record<string, unknown>>[] };
  readonly versions: readonly PipelineVersion[];
}

/** Something wrong with a text, at a line from 1. */
export interface PipelineProblem {
  readonly severity: 'error' | 'warning';
  readonly code?: string;
  readonly message: string;
  /** `steps[2].action` or the like. */
  readonly path?: string | null;
  readonly line?: number | null;
}

/** A step as a run would have it. */
export interface PreviewStep {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly parent?: string | null;
  /** False where its condition drops it. */
  readonly kept: boolean;
  readonly input?: unknown;
  readonly metadata?: unknown;
  readonly action?: string | null;
  readonly with?: unknown;
}

/** What a run with these values would do. */
export interface PipelinePreview {
  readonly trace: {
    readonly name: string;
    readonly userId?: string | null;
    readonly sessionId?: string | null;
    readonly metadata?: unknown;
  };
  readonly steps: readonly PreviewStep[];
  readonly warnings: readonly string[];
}
