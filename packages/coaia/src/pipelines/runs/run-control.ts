/** Steps that outlive a process: another pipeline, a wait, a person's approval. */
import { isObject, parseTime, toIso } from '#base';
import type { HumanInput, PipelineInput, WaitInput } from '../actions/control.ts';
import type { RenderedStep } from '../templates/rendered.ts';
import { runFailures } from './errors.ts';
import type { Execution } from './execution.ts';
import { toApprovalSignal, toAskedKey } from './keys.ts';
import { requireAction } from './require-action.ts';
import { readInput, runStep, toFacts } from './run-step.ts';
import type { Finished, Turn } from './run-step.ts';
import { throwIfOver } from './suspended.ts';

type Control = (execution: Execution, step: RenderedStep, turn: Turn) => Promise<Finished>;

const CONTROLS: Readonly<Record<string, Control>> = {
  human: askPerson,
  pipeline: runPipeline,
  wait: waitFor,
};

/** The step's ending, or undefined when it is no such step. */
export function runControl(
  execution: Execution,
  step: RenderedStep,
  turn: Turn,
): Promise<Finished> | undefined {
  const control = step.action === undefined ? undefined : CONTROLS[step.action];
  return control?.(execution, step, turn);
}

/** What the step gives its action. */
async function readControl(execution: Execution, step: RenderedStep, turn: Turn): Promise<unknown> {
  const entry = requireAction(execution.ports, step);
  const nothing = () => undefined;
  const reading = { entry, step, turn, onInput: nothing, onWarning: nothing };
  return (await readInput(execution, reading)).input;
}

/** Rendered once and kept, so that a replay reads the same. */
function settle<T>(
  execution: Execution,
  step: RenderedStep,
  { turn, read }: { readonly turn: Turn; readonly read: (input: unknown, now: number) => T },
): Promise<T> {
  const { context, mask, ports } = execution;
  return context.step(toAskedKey(turn.key), {}, async () => ({
    output: mask(read(await readControl(execution, step, turn), ports.clock())),
  }));
}

/** What it waited for is settled: doing its end again would change nothing. */
function withoutRetry({ retry: _retry, timeoutMs: _timeout, ...step }: RenderedStep): RenderedStep {
  const type = step.action === 'pipeline' ? 'CHAIN' : 'SPAN';
  return step.type === 'EVENT' ? { ...step, type } : step;
}

async function waitFor(execution: Execution, step: RenderedStep, turn: Turn): Promise<Finished> {
  const until = await settle(execution, step, {
    turn,
    read(input, now) {
      const wanted = input as WaitInput;
      const time = wanted.until === undefined ? undefined : parseTime(wanted.until);
      if (wanted.until !== undefined && time === undefined)
        throw runFailures.create('COAIA-5101', `"until" is no ISO 8601 time: ${wanted.until}`);
      return { from: now, to: time ?? now + (wanted.for ?? 0) };
    },
  });
  await execution.context.sleep(`${turn.key}:sleep`, until.to);
  return runStep(execution, withoutRetry(step), {
    ...turn,
    async work(_facts, attempt) {
      Object.assign(attempt, { startedAt: until.from });
      return { output: { until: toIso(until.to) } };
    },
  });
}

async function askPerson(execution: Execution, step: RenderedStep, turn: Turn): Promise<Finished> {
  const { context } = execution;
  const asked = await settle(execution, step, {
    turn,
    read(input, now) {
      const { message, timeout } = input as HumanInput;
      return { message, at: now, ...(timeout === undefined ? {} : { timeoutMs: timeout }) };
    },
  });
  const facts = toFacts(execution, step, turn);
  const answer = await context.waitForSignal(toApprovalSignal(turn.key), {
    observationId: facts.observationId,
    ...(asked.timeoutMs === undefined ? {} : { timeoutMs: asked.timeoutMs }),
  });
  return runStep(execution, withoutRetry(step), {
    ...turn,
    async work(_facts, attempt) {
      Object.assign(attempt, { startedAt: asked.at });
      return { input: { message: asked.message }, output: readApproval(step.id, answer) };
    },
  });
}

function readApproval(id: string, answer: unknown): unknown {
  if (answer === undefined)
    throw runFailures.create('COAIA-5108', `Nobody answered step "${id}" in time.`);
  const { approved, comment, by } = isObject(answer) ? answer : {};
  if (approved === true) return { approved, comment: comment ?? null, by: by ?? null };
  const reason = typeof comment === 'string' && comment !== '' ? `: ${comment}` : '.';
  throw runFailures.create('COAIA-5107', `Step "${id}" was refused${reason}`);
}

async function runPipeline(
  execution: Execution,
  step: RenderedStep,
  turn: Turn,
): Promise<Finished> {
  const { context, mask, plan, ports, secrets } = execution;
  const { child, from, request } = await context.step(toAskedKey(turn.key), {}, async () => {
    const input = (await readControl(execution, step, turn)) as PipelineInput;
    const wanted = await ports.toChild(context.scope, { ...input, parent: plan, secrets });
    return { output: { child: wanted, request: mask(input), from: ports.clock() } };
  });
  const ended = await context.child(`${turn.key}:run`, child).then(
    (output) => ({ output }),
    (error: unknown) => {
      throwIfOver(context, error);
      return { error };
    },
  );
  return runStep(execution, withoutRetry(step), {
    ...turn,
    async work(_facts, attempt) {
      Object.assign(attempt, { startedAt: from });
      if ('error' in ended) throw ended.error;
      const output = isObject(ended.output) ? (ended.output['result'] ?? null) : null;
      const run = child.id === undefined ? {} : { child_run_id: child.id };
      return { output, input: request, metadata: { child_trace_id: child.traceId, ...run } };
    },
  });
}
