/** An action is what a pipeline step does: data plus one handler, declared by the room that owns the thing. */
import type { Scope } from '#base';
import type { ZodType, infer as Infer } from 'zod';
import type { Need } from './need.ts';

/** What a project must have allowed before a step may do it; both are off at first. */
export type ActionPermission = 'http' | 'shell' | 'files';

/** What a handler receives besides its input and the API it needs. */
export interface ActionContext {
  readonly scope: Scope;
  readonly runId: string;
  readonly traceId: string;
  /** Observation of this step; children the action records hang below it. */
  readonly observationId: string;
  /** The same for every attempt of this step of this run: hand it to whoever can recognise a repetition. */
  readonly idempotencyKey: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted by cancellation, the step's timeout, and the end of the process. */
  readonly signal: AbortSignal;
  /** Where relative file names begin. Files outside are refused. */
  readonly folder: string;
}

/** What a step really did; every field is seen or counted, never assumed. Absent: not known. */
export interface ActionResult {
  /** JSON. What later steps read as `steps.ID.output`. */
  readonly output: unknown;
  readonly model?: string;
  readonly modelParameters?: Readonly<Record<string, string | number | boolean>>;
  /** Tokens by kind as the server counted them. */
  readonly usageDetails?: Readonly<Record<string, number>>;
  /** US dollars by kind. */
  readonly costDetails?: Readonly<Record<string, number>>;
  readonly promptName?: string;
  readonly promptVersion?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** What was sent, when that says more than the step's own input. */
  readonly input?: unknown;
}

export interface ActionSpec<Api, I extends ZodType> {
  /** The word in `action:` of a step. */
  readonly name: string;
  readonly summary: string;
  readonly needs: Need<Api>;
  /** Of the step's rendered `with`; loaded with the action. */
  readonly input: I;
  readonly permission?: ActionPermission;
  /** Type of the step's observation unless the template names one. */
  readonly observationType: string;
  /** Throws CoaiaError; those that may succeed later are tried again as the step's `retry` says. */
  readonly run: (api: Api, context: ActionContext, input: Infer<I>) => Promise<ActionResult>;
}

/** An action with its types forgotten, as the table holds it. */
export type Action = ActionSpec<never, ZodType>;

/** One line of a room's `actions.ts`: cheap to import. */
export interface ActionEntry {
  readonly name: string;
  readonly summary: string;
  readonly permission?: ActionPermission;
  readonly load: () => Promise<{ readonly action: Action }>;
}

/** Checks an action's types where it is written and returns it as table material. */
export function defineAction<Api, I extends ZodType>(spec: ActionSpec<Api, I>): Action {
  return spec as unknown as Action;
}
