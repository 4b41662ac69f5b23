/** A plan that is being carried out: what its steps may read, and what they share. */
import type { RenderOptions } from '#jinja';
import type { RunContext } from '#runs';
import type { Values } from '../templates/template.ts';
import { toAncestors } from './graph.ts';
import type { Node } from './graph.ts';
import { toObservationId, toUuid } from './ids.ts';
import { mask } from '../templates/variables.ts';
import type { Outcome } from './outcome.ts';
import { toSecretContext } from './plan.ts';
import type { RunPlan } from './plan.ts';
import { createSlots } from './slots.ts';
import type { Slots } from './slots.ts';
import type { WorkflowPorts } from './workflow-ports.ts';

export interface Execution {
  readonly ports: WorkflowPorts;
  readonly context: RunContext;
  readonly plan: RunPlan;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly outcomes: Map<string, Outcome>;
  /** Names in the journal that were reached: what fails before its own is recorded under it. */
  readonly reached: Set<string>;
  readonly slots: Slots;
  readonly secrets: readonly string[];
  /** Replaces secret values. */
  readonly mask: <T>(value: T) => T;
  /** What the expressions of a step see: the run's values, and what the steps before it gave. */
  readonly toVariables: (id: string) => Record<string, unknown>;
  /** Fixed for each step, so that a replay renders the same. */
  readonly toRenderOptions: (key: string, onWarning: (text: string) => void) => RenderOptions;
  /** Observation of a step by its key in the journal. */
  readonly toObservation: (key: string) => string;
  /** The observation below which a step's own hangs: of the nearest step above it that was taken. */
  readonly toParentObservation: (id: string) => string | undefined;
}

export function openExecution(
  ports: WorkflowPorts,
  context: RunContext,
  { plan, nodes }: Pick<Execution, 'plan' | 'nodes'>,
): Execution {
  const { run } = context;
  const outcomes = new Map<string, Outcome>();
  const opened = openSecrets(ports, context, plan);
  const secrets = Object.values(opened).flat().map(String);
  const toObservation = (key: string) => toObservationId(run.id, key);
  return {
    ports,
    context,
    plan,
    nodes,
    outcomes,
    reached: new Set(),
    slots: createSlots(Math.max(1, plan.concurrency)),
    secrets,
    mask: (value) => mask(value, secrets),
    toVariables: (id) => ({
      ...plan.variables,
      ...opened,
      ...toRead(nodes, outcomes, id),
    }),
    toRenderOptions: (key, onWarning) => toRenderOptions(context, plan, { key, onWarning }),
    toObservation,
    toParentObservation(id) {
      let above = nodes.get(id)?.step.parent;
      while (above !== undefined && outcomes.get(above)?.kind === 'skipped')
        above = nodes.get(above)?.step.parent;
      return above === undefined ? undefined : toObservation(above);
    },
  };
}

function openSecrets(
  { secrets }: WorkflowPorts,
  { run, scope }: RunContext,
  plan: RunPlan,
): Values {
  if (plan.sealed === null) return {};
  const text = secrets.open(plan.sealed, toSecretContext(scope.projectId, run.traceId));
  return JSON.parse(text) as Values;
}

function toRead(
  nodes: ReadonlyMap<string, Node>,
  outcomes: ReadonlyMap<string, Outcome>,
  id: string,
): Values {
  const steps: Record<string, unknown> = {};
  const exported: Record<string, unknown> = {};
  for (const one of toAncestors(nodes, id)) {
    const outcome = outcomes.get(one);
    if (outcome?.kind === 'failed') steps[one] = { error: outcome.error };
    if (outcome?.kind !== 'done') continue;
    steps[one] = { output: outcome.output };
    const name = nodes.get(one)?.step.exportAs;
    if (name !== undefined) exported[name] = outcome.output;
  }
  return { ...exported, steps };
}

interface Rendering {
  readonly key: string;
  readonly onWarning: (text: string) => void;
}

function toRenderOptions(
  { run }: RunContext,
  { isStrict }: RunPlan,
  { key, onWarning }: Rendering,
): RenderOptions {
  let count = 0;
  const uuid4 = () => toUuid(run.id, key, count++);
  return {
    undefined: isStrict ? 'strict' : 'empty',
    now: new Date(run.createdAt),
    functions: { uuid4, mobile_id: () => `mobile_${uuid4().slice(0, 8)}` },
    onWarning,
  };
}
