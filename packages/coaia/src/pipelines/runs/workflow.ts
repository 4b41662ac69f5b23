/**
 * Carries out a plan: steps in the order of what they wait for, side by side where nothing is between them. Every
 * step is journalled by the engine, so the same plan taken up again goes on at the first step that is not finished.
 */
import { toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { Run, RunContext, RunFailure, Workflow } from '#runs';
import { runFailures } from './errors.ts';
import { openExecution } from './execution.ts';
import type { Execution } from './execution.ts';
import { toGraph } from './graph.ts';
import type { Node } from './graph.ts';
import { toEventId } from './ids.ts';
import { decide, findFailure } from './outcome.ts';
import { PIPELINE_WORKFLOW } from './plan.ts';
import type { RunPlan } from './plan.ts';
import { takeStep } from './take-step.ts';
import type { WorkflowPorts } from './workflow-ports.ts';

/** What a run answers: the output of its last step, and what it exports by name. */
export interface PipelineOutput {
  readonly result: unknown;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The one workflow of this room; its runs' input is a RunPlan. */
export function createPipelineWorkflow(ports: WorkflowPorts): Workflow {
  return {
    name: PIPELINE_WORKFLOW,
    run: (context) => carryOut(ports, context),
    onEnd: (run, error) => {
      void ports.closeWorkFolder(run.id);
      const starts = run.state === 'failed' ? ports.toAlarms(run, error) : [];
      return { events: [toEndEvent(run, ports.clock(), { error })], starts };
    },
  };
}

async function carryOut(ports: WorkflowPorts, context: RunContext) {
  const plan = context.run.input as RunPlan;
  const nodes = toGraph(plan.steps);
  const execution = openExecution(ports, context, { plan, nodes });
  const endings = new Map<string, Promise<void>>();
  const start = (id: string): Promise<void> => {
    const known = endings.get(id);
    if (known !== undefined) return known;
    const node = nodes.get(id);
    if (node === undefined) throw new TypeError(`there is no step ${id}`);
    const ending = Promise.all(node.after.map(start)).then(() => endStep(execution, node));
    endings.set(id, ending);
    return ending;
  };
  const all = await Promise.allSettled([...nodes.keys()].map(start));
  // What ended the whole run: it is left to the next worker, or was cancelled.
  context.signal.throwIfAborted();
  const broken = all.find((one) => one.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  const failure = findFailure(nodes, execution.outcomes);
  if (failure !== undefined) throw toError(failure);
  const output = toOutput(execution);
  void ports.closeWorkFolder(context.run.id);
  return { output, events: toEndEvents(execution, output) };
}

async function endStep(execution: Execution, node: Node): Promise<void> {
  const { outcomes, nodes } = execution;
  const { id } = node.step;
  const decision = decide(node, outcomes, nodes);
  outcomes.set(id, decision === 'take' ? await takeStep(execution, node) : { kind: decision });
}

/** The step's own failure is the run's. */
function toError({ code, message, step, hint }: RunFailure): Error {
  const known = runFailures.create('COAIA-5111', message, hint === undefined ? {} : { hint });
  return Object.assign(known, { code, step });
}

function toOutput({ plan, outcomes }: Execution): PipelineOutput {
  const done = plan.steps.flatMap((step) => {
    const outcome = outcomes.get(step.id);
    return outcome?.kind === 'done' ? [{ step, output: outcome.output }] : [];
  });
  const last = done.findLast(({ step, output }) => step.action !== undefined && output !== null);
  return {
    result: last?.output ?? null,
    exports: Object.fromEntries(
      done.flatMap(({ step: { exportAs }, output }) =>
        exportAs === undefined ? [] : [[exportAs, output]],
      ),
    ),
  };
}

/** Containers end with the last of what they contain; the trace gets what came out. */
function toEndEvents(execution: Execution, output: PipelineOutput): readonly IngestionEvent[] {
  const { context, ports } = execution;
  const now = ports.clock();
  return [
    ...toContainerEvents(execution, now),
    toEndEvent(context.run, now, { output: output.result }),
  ];
}

function toContainerEvents(execution: Execution, now: number): readonly IngestionEvent[] {
  const { context, outcomes, plan, toObservation } = execution;
  const ends = new Map<string, number>();
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  for (const { id, parent } of plan.steps) {
    const outcome = outcomes.get(id);
    if (outcome?.kind !== 'done') continue;
    for (let above = parent; above !== undefined; above = byId.get(above)?.parent)
      ends.set(above, Math.max(ends.get(above) ?? 0, outcome.endedAt));
  }
  return [...ends].flatMap(([id, endedAt]) => {
    const step = byId.get(id);
    const isOpen = step?.action === undefined && step?.type !== 'EVENT';
    if (!isOpen || outcomes.get(id)?.kind !== 'done') return [];
    return [
      {
        id: toEventId(context.run.id, id, 'end', String(endedAt)),
        type: 'observation-update',
        timestamp: toIso(now),
        body: { id: toObservation(id), traceId: context.run.traceId, endTime: toIso(endedAt) },
      },
    ];
  });
}

interface Ending {
  readonly output?: unknown;
  readonly error?: RunFailure;
}

function toEndEvent(run: Run, now: number, { output, error }: Ending): IngestionEvent {
  const state = error === undefined ? 'succeeded' : run.state;
  const failure = error === undefined ? {} : { error: `${error.code}: ${error.message}` };
  return {
    id: toEventId(run.id, 'trace', state, String(now)),
    type: 'trace-create',
    timestamp: toIso(now),
    body: {
      id: run.traceId,
      ...(output === undefined ? {} : { output }),
      metadata: { run_state: state, ...failure },
    },
  };
}
