/** One step, from its condition to its outcome. Failures of the step are outcomes; what ends the run is thrown. */
import { isTrue } from '#jinja';
import type { RenderedStep } from '../templates/rendered.ts';
import type { Execution } from './execution.ts';
import type { Node } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { toRunFailure } from './record-step.ts';
import { runControl } from './run-control.ts';
import { runForeach } from './run-foreach.ts';
import { runStep } from './run-step.ts';
import { throwIfOver } from './suspended.ts';

/** Takes a step, or skips it when its condition is false. */
export async function takeStep(execution: Execution, node: Node): Promise<Outcome> {
  const { context } = execution;
  const { step } = node;
  try {
    if (!holds(execution, node)) {
      await context.skip(step.id, `its condition is false: ${step.condition ?? ''}`);
      return { kind: 'skipped' };
    }
    return { kind: 'done', ...(await run(execution, node)) };
  } catch (error) {
    throwIfOver(context, error);
    const failure = await recordFailure(execution, step, error);
    return { kind: 'failed', error: toRunFailure(failure) };
  }
}

/** A condition, a list or an input that cannot be read fails before the step itself: it is an observation all the same. */
async function recordFailure(
  execution: Execution,
  step: RenderedStep,
  error: unknown,
): Promise<unknown> {
  if (execution.reached.has(step.id)) return error;
  const { retry: _retry, later: _later, ...plain } = step;
  const work = async () => {
    throw error;
  };
  try {
    const type = step.type === 'EVENT' ? 'SPAN' : step.type;
    await runStep(execution, { ...plain, type }, { key: step.id, variables: {}, work });
  } catch (error_) {
    throwIfOver(execution.context, error_);
    return error_;
  }
  return error;
}

function holds({ toVariables, toRenderOptions }: Execution, { step }: Node): boolean {
  if (step.condition === undefined) return true;
  const options = toRenderOptions(`${step.id}:condition`, () => undefined);
  return isTrue(step.condition, toVariables(step.id), options);
}

function run(execution: Execution, { step }: Node): Promise<{ output: unknown; endedAt: number }> {
  if (step.foreach !== undefined) return runForeach(execution, step, step.foreach);
  const turn = { key: step.id, variables: execution.toVariables(step.id) };
  const control = runControl(execution, step, turn);
  if (control !== undefined) return control;
  return execution.slots(() => runStep(execution, step, turn));
}
