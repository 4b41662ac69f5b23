/** Does what a step says, or only records it, and commits the result together with its observation. */
import { isCoaiaError } from '#base';
import type { StepAttempt } from '#runs';
import type { Action, ActionEntry, ActionResult } from '#surface';
import { renderAgain } from '../templates/render-pipeline.ts';
import { renderAny } from '../templates/render-texts.ts';
import type { RenderedStep } from '../templates/rendered.ts';
import { runFailures } from './errors.ts';
import type { Execution } from './execution.ts';
import { requireGrant } from './grants.ts';
import { toDoneEvent, toFailedEvent, toRunFailure } from './record-step.ts';
import type { StepFacts } from './record-step.ts';
import { requireAction } from './require-action.ts';

/** A finished step in the journal. */
export interface Finished {
  readonly output: unknown;
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

export interface Turn {
  /** Name in the journal: the step's id, perhaps with the index of an item. */
  readonly key: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Instead of the step's own. */
  readonly parentObservationId?: string | undefined;
  /** What the step does instead of its action. */
  readonly work?: (facts: StepFacts, attempt: StepAttempt) => Promise<ActionResult>;
}

/** Failures that may pass: what others could not do just now. Refusals and mistakes stay. */
export function isPassing(error: unknown): boolean {
  if (!isCoaiaError(error)) return false;
  const { status: told } = (error.details ?? {}) as { readonly status?: unknown };
  const status = typeof told === 'number' ? told : error.definition.status;
  return status >= 500 || status === 408 || status === 429;
}

/** Takes the step unless the journal has it. Throws what its last attempt failed with. */
export function runStep(execution: Execution, step: RenderedStep, turn: Turn): Promise<Finished> {
  const { context, mask, ports } = execution;
  const { key } = turn;
  execution.reached.add(key);
  let facts: StepFacts = toFacts(execution, step, turn);
  return context.step<Finished>(
    key,
    {
      observationId: facts.observationId,
      isPassing,
      ...(step.retry === undefined ? {} : { retry: step.retry }),
      ...(step.timeoutMs === undefined ? {} : { timeoutMs: step.timeoutMs }),
      onFailure: (error, { attempt, startedAt }) => [
        toFailedEvent(
          mask(facts),
          { attempt, startedAt, endedAt: ports.clock() },
          mask(toRunFailure(error)),
        ),
      ],
    },
    async (attempt) => {
      const warnings: string[] = [];
      const known = fillIn(execution, step, { turn, onWarning: (text) => warnings.push(text) });
      facts = toFacts(execution, known, turn);
      const result = await (turn.work?.(facts, attempt) ??
        act(execution, known, {
          turn,
          attempt,
          onInput: (input, type) => {
            facts = { ...facts, type, input: facts.input ?? input };
          },
          onWarning: (text) => warnings.push(text),
        }));
      const endedAt = ports.clock();
      const masked = mask({ ...result, output: result.output ?? null });
      const told = warnings.length === 0 ? facts : withWarnings(facts, warnings);
      const times = { attempt: attempt.attempt, startedAt: attempt.startedAt, endedAt };
      return {
        output: { output: masked.output, endedAt },
        events: [toDoneEvent(mask(told), times, masked)],
      };
    },
  );
}

function withWarnings(facts: StepFacts, warnings: readonly string[]): StepFacts {
  return { ...facts, metadata: { ...facts.metadata, warnings: [...new Set(warnings)] } };
}

export function toFacts(
  { context, toObservation, toParentObservation }: Execution,
  step: RenderedStep,
  { key, parentObservationId }: Pick<Turn, 'key' | 'parentObservationId'>,
): StepFacts {
  const { run } = context;
  return {
    runId: run.id,
    traceId: run.traceId,
    key,
    observationId: toObservation(key),
    parentObservationId: parentObservationId ?? toParentObservation(step.id),
    name: step.name,
    type: step.type,
    metadata: {
      ...step.metadata,
      ...(step.action === undefined ? {} : { action: step.action }),
      run_id: run.id,
      step_id: key,
    },
    ...(step.level === undefined ? {} : { level: step.level }),
    ...(step.input === undefined ? {} : { input: step.input }),
  };
}

interface Filling {
  readonly turn: Turn;
  readonly onWarning: (text: string) => void;
}

/** What could not be known before the run. */
function fillIn(
  { secrets, toRenderOptions }: Execution,
  step: RenderedStep,
  { turn, onWarning }: Filling,
): RenderedStep {
  const { functions, now, undefined: policy } = toRenderOptions(turn.key, onWarning);
  return renderAgain(step, { variables: {}, secrets }, turn.variables, {
    isStrict: policy === 'strict',
    ...(functions === undefined ? {} : { functions }),
    ...(now === undefined ? {} : { now }),
  });
}

interface Acting extends Filling {
  readonly attempt: StepAttempt;
  /** What the step gives its action, and the type of its observation. */
  readonly onInput: (input: unknown, type: string) => void;
}

async function act(
  execution: Execution,
  step: RenderedStep,
  acting: Acting,
): Promise<ActionResult> {
  if (step.action === undefined)
    return {
      output: step.output,
      ...(step.model === undefined ? {} : { model: step.model }),
      ...(step.usage === undefined ? {} : { usageDetails: step.usage }),
    };
  const { attempt, turn } = acting;
  const { context, ports, toObservation } = execution;
  const entry = requireAction(ports, step);
  const { action, input } = await readInput(execution, { entry, step, ...acting });
  if (entry.permission !== undefined)
    await requireGrant(ports.db, context.scope.projectId, entry.permission);
  const api = await ports.openApi(action.needs, context.scope);
  return action.run(
    api as never,
    {
      scope: context.scope,
      runId: context.run.id,
      traceId: context.run.traceId,
      observationId: toObservation(turn.key),
      idempotencyKey: attempt.idempotencyKey,
      attempt: attempt.attempt,
      signal: attempt.signal,
      folder: execution.plan.folder ?? '/nonexistent',
    },
    input,
  );
}

interface Reading extends Filling {
  readonly entry: ActionEntry;
  readonly step: RenderedStep;
  readonly onInput: (input: unknown, type: string) => void;
}

/** Renders and checks what the step gives its action. Fails with COAIA-5101. */
export async function readInput(
  { toRenderOptions }: Execution,
  { entry, step, turn, onInput, onWarning }: Reading,
): Promise<{ readonly action: Action; readonly input: unknown }> {
  const { action } = await entry.load();
  const rendered = renderAny(
    step.with ?? {},
    { variables: turn.variables, jinja: toRenderOptions(`${turn.key}:with`, onWarning) },
    `step "${step.id}", with`,
  ) as Record<string, unknown>;
  const given = { ...toModelFields(step, action), ...rendered };
  // An event is a moment, and an action takes time: that is the default where a template says nothing.
  onInput(given, step.type === 'EVENT' ? action.observationType : step.type);
  const parsed = action.input.safeParse(given);
  if (parsed.success) return { action, input: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  throw runFailures.create(
    'COAIA-5101',
    `Step "${step.id}": ${place === '' ? '' : `"${place}" of `}its action "${action.name}" cannot be used: ${issue?.message ?? 'invalid'}.`,
    { hint: 'coaia pipeline actions' },
  );
}

/** The model that the step names is the action's, unless that names another one. */
function toModelFields({ model, modelParameters }: RenderedStep, { input }: Action) {
  const { shape } = input as { readonly shape?: Readonly<Record<string, unknown>> };
  if (shape === undefined || !('model' in shape)) return {};
  const known = Object.entries(modelParameters ?? {}).filter(([key]) => key in shape);
  return { ...(model === undefined ? {} : { model }), ...Object.fromEntries(known) };
}
