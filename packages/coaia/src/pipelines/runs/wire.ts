/** Runs as they cross the wire. */
import { toIso } from '#base';
import type { Run, RunFailure, RunStep } from '#runs';
import type {
  JsonValue,
  PipelineRun,
  PipelineRunDetail,
  PipelineRunFailure,
  PipelineRunStep,
} from '@coaia/client';
import type { RenderedStep } from '../templates/rendered.ts';
import { toApprovalKeys } from './approvals.ts';
import { toAskedKey } from './keys.ts';
import type { RunPlan } from './plan.ts';

const toTime = (time: number | null): string | null => (time === null ? null : toIso(time));

export function toWireFailure(error: RunFailure | null): PipelineRunFailure | null {
  if (error === null) return null;
  const { code, message, hint = null, step = null } = error;
  return { code, message, hint, step };
}

/** What every list of runs shows. */
export function toWireRun(run: Run): PipelineRun {
  const { template } = run.input as RunPlan;
  const { createdAt, startedAt, endedAt, wakeAt, state } = run;
  return {
    id: run.id,
    pipeline: { name: template.name, version: template.version },
    state,
    traceId: run.traceId,
    attempt: run.attempt,
    createdAt: toIso(createdAt),
    startedAt: toTime(startedAt),
    endedAt: toTime(endedAt),
    wakeAt: toTime(wakeAt),
    error: toWireFailure(run.error),
    output: state === 'succeeded' ? (run.output as PipelineRun['output']) : null,
    scheduleId: run.scheduleId,
    parentRunId: run.parentRunId,
    worker: run.worker,
  };
}

/** One run with its steps. */
export function toWireDetail(run: Run, journal: readonly RunStep[]): PipelineRunDetail {
  const plan = run.input as RunPlan;
  const rows = new Map(journal.map((row) => [row.name, row]));
  return {
    ...toWireRun(run),
    steps: [
      ...plan.steps.flatMap((step) => toWireSteps(step, rows)),
      ...plan.left.map(({ id, name }) => toLeftStep(id, name)),
    ],
    template: plan.template,
    variables: plan.variables,
    approvals: toApprovalKeys(plan, rows),
  };
}

/** A step, and after it the items of its list. */
function toWireSteps(
  step: RenderedStep,
  rows: ReadonlyMap<string, RunStep>,
): readonly PipelineRunStep[] {
  const items = [...rows.values()]
    .filter(({ name }) => name.startsWith(`${step.id}[`) && name.endsWith(']'))
    .toSorted((one, other) => one.seq - other.seq);
  return [
    toWireStep(step, step.id, findRow(rows, step.id, items)),
    ...items.map((row) => ({
      ...toWireStep(step, row.name, row),
      name: `${step.name} ${row.name.slice(step.id.length)}`,
      parent: step.id,
    })),
  ];
}

/** Steps that outlive a process, and lists, have several rows; the first of them says when the step began. */
function findRow(
  rows: ReadonlyMap<string, RunStep>,
  id: string,
  items: readonly RunStep[],
): RunStep | undefined {
  const own = rows.get(id);
  const asked = rows.get(toAskedKey(id));
  const begins = [asked, ...items].flatMap((row) => row?.startedAt ?? []);
  if (own !== undefined) return { ...own, startedAt: Math.min(own.startedAt, ...begins) };
  const [first] = items;
  if (asked === undefined)
    return first && { ...first, state: 'running', output: null, error: null, endedAt: null };
  const isBad = asked.state === 'failed' || asked.state === 'cancelled';
  return isBad ? asked : { ...asked, state: 'waiting', output: null, endedAt: null };
}

function toWireStep(step: RenderedStep, id: string, row: RunStep | undefined): PipelineRunStep {
  return {
    id,
    name: step.name,
    type: step.type,
    action: step.action ?? null,
    needs: step.needs,
    parent: step.parent ?? null,
    ...(row === undefined ? NOT_BEGUN : toProgress(row)),
  };
}

const NOT_BEGUN = {
  seq: null,
  state: 'pending',
  attempt: 0,
  output: null,
  error: null,
  observationId: null,
  startedAt: null,
  endedAt: null,
  retryAt: null,
} as const;

function toProgress(row: RunStep) {
  const { output } = (row.output ?? {}) as { readonly output?: JsonValue };
  return {
    seq: row.seq,
    state: row.state,
    attempt: row.attempt,
    output: row.state === 'succeeded' ? (output ?? null) : null,
    error: toWireFailure(row.error),
    observationId: row.state === 'skipped' ? null : row.observationId,
    startedAt: toIso(row.startedAt),
    endedAt: toTime(row.endedAt),
    retryAt: toTime(row.retryAt),
  };
}

function toLeftStep(id: string, name: string): PipelineRunStep {
  const common = { id, name, type: 'SPAN', action: null, needs: [], parent: null };
  return { ...common, ...NOT_BEGUN, state: 'skipped' };
}
