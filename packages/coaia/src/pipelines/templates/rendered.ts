/** What comes of a template and values: one trace and its steps. */
import type { Level, ObservationType, TemplateStep, Values } from './template.ts';

export interface RenderedRetry {
  readonly attempts: number;
  readonly backoffMs?: number;
  readonly maxMs?: number;
}

export interface RenderedStep {
  /** Unique in the pipeline; `id`, or made of the name. Names the step in `steps.ID`. */
  readonly id: string;
  /** Chosen by the template with an expression; else whoever records it makes one. */
  readonly observationId?: string;
  readonly name: string;
  readonly type: ObservationType;
  readonly description?: string;
  /** Id of another step here. */
  readonly parent?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly metadata: Values;
  readonly model?: string;
  readonly modelParameters?: Values;
  readonly usage?: Readonly<Record<string, number>>;
  readonly level?: Level;
  /** Milliseconds from the start of the trace. */
  readonly startOffsetMs?: number;
  readonly durationMs?: number;
  readonly action?: string;
  /** As the template has it: rendered when the action runs. */
  readonly with?: Values;
  /** Ids of steps here; the parent is not among them. */
  readonly needs: readonly string[];
  readonly retry?: RenderedRetry;
  readonly timeoutMs?: number;
  /** Of a step with an action: as the template has it, evaluated when it runs. Others are expanded already. */
  readonly foreach?: string | readonly unknown[];
  /** Only what cannot be known before the run because it speaks of `steps`, an exported name or an item. */
  readonly condition?: string;
  /** Absent: the run fails with the step. A list: ids of the steps that are taken instead. */
  readonly onFailure?: 'continue' | readonly string[];
  readonly exportAs?: string;
  /**
   * Present when name, description, input, output or metadata speak of what is known only in a run; there they
   * are left out, and `renderAgain` fills them in.
   */
  readonly later?: TemplateStep;
}

export interface RenderedPipeline {
  readonly trace: {
    readonly name: string;
    readonly userId?: string;
    readonly sessionId?: string;
    readonly metadata: Values;
  };
  readonly steps: readonly RenderedStep[];
  /** Steps whose condition is false. */
  readonly left: readonly { readonly id: string; readonly name: string }[];
  /** All values, defaults included; with secrets. For rendering `with`. */
  readonly variables: Values;
  /** Values of secret variables, to be masked wherever they would be shown. */
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
}
