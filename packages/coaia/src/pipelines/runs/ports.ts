/** What the use cases of runs take, and what their commands need. */
import type { Clock, Scope } from '#base';
import type { RunsApi } from '#runs';
import type { Database } from '#store';
import { needs } from '#surface';
import type { ActionEntry } from '#surface';
import type { PipelineRun, PipelineRunInput, PipelineRunsApi } from '@coaia/client';
import type { TemplatePlaces } from '../templates/places.ts';
import type { PlanPorts } from './to-plan.ts';

export interface PipelineRunPorts extends PlanPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly runs: RunsApi;
  readonly actions: readonly ActionEntry[];
  /** Where templates are looked for. */
  readonly toPlaces: (scope: Scope) => TemplatePlaces & { readonly cwd?: string };
  /** For `env(NAME)`, which sees COAIA_* only. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the routes need. */
export const pipelineRunPorts = needs<PipelineRunPorts>('pipeline-run-ports');

/** The calls about runs, and a worker where nobody else may be one. */
export interface PipelineRunCommandsApi extends PipelineRunsApi {
  /** `folder` is where relative file names begin; a server has no files for its callers. */
  startPipelineRun(
    input: PipelineRunInput,
    options?: { readonly folder?: string },
  ): Promise<PipelineRun>;
  /** Works on due runs until it is closed; does nothing where a server does. */
  openWorker(): Promise<{ close(): Promise<void> }>;
  /** What the last start said about names and values. */
  readonly warnings: readonly string[];
}

/** What the commands need: the embedded store or a server, behind one interface. */
export const pipelineRunsApi = needs<PipelineRunCommandsApi>('pipeline-runs');

/** Every action that a step can have. */
export const actionsNeed = needs<readonly ActionEntry[]>('pipeline-actions');
