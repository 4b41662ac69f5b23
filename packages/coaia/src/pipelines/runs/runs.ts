/** Asking about runs and steering them. */
import { createId, createTraceId, notFound } from '#base';
import type { Scope } from '#base';
import type { Run, RunStep } from '#runs';
import type { CursorPage, PipelineRun, PipelineRunDetail } from '@coaia/client';
import { toApprovalKeys } from './approvals.ts';
import { runFailures } from './errors.ts';
import { listKeptRows, toForkEvents } from './fork-events.ts';
import { toApprovalSignal } from './keys.ts';
import { PIPELINE_WORKFLOW, toSecretContext } from './plan.ts';
import type { RunPlan } from './plan.ts';
import type { PipelineRunPorts } from './ports.ts';
import type { RunQuery } from './schema.ts';
import { toWireDetail, toWireRun } from './wire.ts';

export async function listPipelineRuns(
  { runs }: PipelineRunPorts,
  scope: Scope,
  query: RunQuery,
): Promise<CursorPage<PipelineRun>> {
  const { state, name, scheduleId, since, limit, cursor } = query;
  const found = await runs.list(scope, {
    workflow: PIPELINE_WORKFLOW,
    limit,
    ...(state === undefined ? {} : { state }),
    ...(name === undefined ? {} : { name }),
    ...(scheduleId === undefined ? {} : { scheduleId }),
    ...(since === undefined ? {} : { since }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return { data: found.runs.map(toWireRun), meta: { cursor: found.cursor } };
}

export async function getPipelineRun(
  ports: PipelineRunPorts,
  scope: Scope,
  id: string,
): Promise<PipelineRunDetail> {
  const run = await requireRun(ports, scope, id);
  return toWireDetail(run, await ports.runs.steps(scope, id));
}

/** Fails with COAIA-0003 for anything but a run of a pipeline. */
async function requireRun({ runs }: PipelineRunPorts, scope: Scope, id: string): Promise<Run> {
  const run = await runs.get(scope, id);
  if (run.workflow !== PIPELINE_WORKFLOW) throw notFound('Run', id, 'coaia pipeline runs list');
  return run;
}

export async function cancelPipelineRun(
  ports: PipelineRunPorts,
  scope: Scope,
  id: string,
): Promise<PipelineRun> {
  await requireRun(ports, scope, id);
  return toWireRun(await ports.runs.cancel(scope, id));
}

export async function retryPipelineRun(
  ports: PipelineRunPorts,
  scope: Scope,
  id: string,
): Promise<PipelineRun> {
  await requireRun(ports, scope, id);
  return toWireRun(await ports.runs.retry(scope, id));
}

/** A new run that begins at a step. Fails with COAIA-5113 when there is no such step. */
export async function forkPipelineRun(
  ports: PipelineRunPorts,
  scope: Scope,
  { id, fromStep }: { readonly id: string; readonly fromStep: string },
): Promise<PipelineRun> {
  const { runs, clock, secrets } = ports;
  const old = await requireRun(ports, scope, id);
  const plan = old.input as RunPlan;
  const step = plan.steps.find((one) => one.id === fromStep || one.name === fromStep);
  if (step === undefined)
    throw runFailures.create('COAIA-5113', `The run ${id} has no step "${fromStep}".`, {
      hint: `coaia pipeline runs show ${id}`,
    });
  const next = { id: createId(), traceId: createTraceId() };
  const input = resealed(plan, { secrets, scope, from: old.traceId, to: next.traceId });
  const rows = await runs.steps(scope, id);
  const run = await runs.start(scope, {
    ...next,
    workflow: PIPELINE_WORKFLOW,
    name: old.name,
    input,
    forkOf: { runId: id, fromStep: step.id, keep: listKeptRows(plan, step.id, rows) },
    events: toForkEvents(input, { ...next, now: clock(), of: id, fromStep: step.id, rows }),
  });
  return toWireRun(run);
}

interface Resealing {
  readonly secrets: PipelineRunPorts['secrets'];
  readonly scope: Scope;
  readonly from: string;
  readonly to: string;
}

/** Secrets open only with the trace that they were sealed for. */
function resealed(plan: RunPlan, { secrets, scope, from, to }: Resealing): RunPlan {
  if (plan.sealed === null) return plan;
  const text = secrets.open(plan.sealed, toSecretContext(scope.projectId, from));
  return { ...plan, sealed: secrets.seal(text, toSecretContext(scope.projectId, to)) };
}

export interface ApprovalAnswer {
  readonly id: string;
  readonly step: string;
  readonly approved: boolean;
  readonly comment?: string | undefined;
}

/** A person's answer; the run goes on with it. Fails with COAIA-5113 for a step that asks nothing. */
export async function answerApproval(
  ports: PipelineRunPorts,
  scope: Scope,
  { id, step, approved, comment }: ApprovalAnswer,
): Promise<PipelineRunDetail> {
  const run = await requireRun(ports, scope, id);
  const rows = await ports.runs.steps(scope, id);
  const open = listOpen(run, rows);
  if (!open.some((one) => one.step === step))
    throw runFailures.create(
      'COAIA-5113',
      `The run ${id} does not wait for an approval of "${step}".`,
      { hint: `coaia pipeline runs show ${id}` },
    );
  const by = scope.userId ?? scope.publicKey ?? null;
  await ports.runs.signal(scope, id, toApprovalSignal(step), {
    approved,
    comment: comment ?? null,
    by,
  });
  return getPipelineRun(ports, scope, id);
}

function listOpen(run: Run, rows: readonly RunStep[]) {
  return toApprovalKeys(run.input as RunPlan, new Map(rows.map((row) => [row.name, row])));
}
