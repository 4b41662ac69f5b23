/** What carrying out a plan takes. */
import type { Clock, Scope } from '#base';
import type { Run, RunFailure, RunRequest } from '#runs';
import type { SecretBox } from '#models';
import type { Database } from '#store';
import type { ActionEntry, Need } from '#surface';
import type { RunPlan } from './plan.ts';

export interface ChildRequest {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly parent: RunPlan;
  /** Values that the child keeps secret too. */
  readonly secrets: readonly string[];
}

export interface WorkflowPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly findAction: (name: string) => ActionEntry | undefined;
  /** What an action declared in `needs`, for one project. */
  readonly openApi: (need: Need<unknown>, scope: Scope) => Promise<unknown>;
  /** Settles what a pipeline started by another one is to do. */
  readonly toChild: (scope: Scope, request: ChildRequest) => Promise<RunRequest>;
  /** The runs that tell of a run's failure whom its schedule names. */
  readonly toAlarms: (run: Run, failure: RunFailure) => readonly RunRequest[];
  /** Removes the run's own folder, should it have one. */
  readonly closeWorkFolder: (runId: string) => Promise<void>;
}
