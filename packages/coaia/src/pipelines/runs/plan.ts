/** What a run is to do: settled when it is started and kept with it, so that it goes on the same after a restart. */
import type { SealedSecret } from '#models';
import type { Webhook } from '../schedules/schedule-input.ts';
import type { RenderedStep } from '../templates/rendered.ts';
import type { TemplateSource, Values } from '../templates/template.ts';

export interface RunPlan {
  readonly template: {
    readonly name: string;
    readonly version: string;
    readonly digest: string;
    readonly source: TemplateSource;
  };
  readonly trace: {
    readonly name: string;
    readonly userId?: string;
    readonly sessionId?: string;
    readonly metadata: Values;
  };
  readonly steps: readonly RenderedStep[];
  /** Steps whose condition was false from the start. */
  readonly left: readonly { readonly id: string; readonly name: string }[];
  /** All values; those of secret variables are masked. */
  readonly variables: Values;
  /** The secret ones, encrypted as one JSON object. */
  readonly sealed: SealedSecret | null;
  /** Where relative file names begin; null: the run knows no files. */
  readonly folder: string | null;
  /** Steps at work at once. */
  readonly concurrency: number;
  /** How many pipelines started each other to get here. */
  readonly depth: number;
  /** Whom to tell when a scheduled run has failed for good. */
  readonly alarm?: PlanAlarm;
  /** A name without a value is an error. */
  readonly isStrict: boolean;
}

export interface PlanAlarm {
  readonly scheduleId: string;
  readonly scheduleName: string;
  readonly webhook: Webhook;
}

/** What encryption binds a run's secrets to. */
export function toSecretContext(projectId: string, traceId: string): string {
  return `pipeline-run:${projectId}:${traceId}`;
}

/** Name of the engine's workflow that takes plans. */
export const PIPELINE_WORKFLOW = 'pipeline';
