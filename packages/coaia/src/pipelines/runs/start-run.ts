/** Starting a run: everything is settled and checked first, so that a run that cannot begin leaves nothing. */
import { createId, createTraceId, invalidRequest, toIso } from '#base';
import type { IngestionEvent, Scope } from '#base';
import type { RunRequest } from '#runs';
import type { PipelineRun, PipelineRunInput } from '@coaia/client';
import { findTemplate, resolveTemplate } from '../templates/find-template.ts';
import type { FoundTemplate } from '../templates/template.ts';
import { runFailures } from './errors.ts';
import { toEventId } from './ids.ts';
import { PIPELINE_WORKFLOW } from './plan.ts';
import type { RunPlan } from './plan.ts';
import type { PipelineRunPorts } from './ports.ts';
import { toPlan } from './to-plan.ts';
import type { PlanInput } from './to-plan.ts';
import { toWireRun } from './wire.ts';
import type { ChildRequest } from './workflow-ports.ts';

/** Steps at work at once unless the caller says otherwise. */
const CONCURRENCY = 4;

/** How deep pipelines may start each other. */
const MAX_DEPTH = 5;

export interface Started {
  readonly run: PipelineRun;
  readonly warnings: readonly string[];
}

/** More than the wire lets a caller say. */
export interface StartOptions {
  readonly scheduleId?: string;
  readonly concurrencyKey?: string;
  readonly concurrencyLimit?: number;
  /** Where relative file names begin. */
  readonly folder?: string;
}

/**
 * Starts a run and the trace of it in one transaction. Fails with COAIA-5000 to 5009 (template, values), 5100, 5110
 * and 5115 (the id belongs to another run).
 */
export async function startPipelineRun(
  ports: PipelineRunPorts,
  scope: Scope,
  input: PipelineRunInput,
  { folder, ...options }: StartOptions = {},
): Promise<Started> {
  const found = await findWanted(ports, scope, input.template);
  const traceId = input.traceId ?? createTraceId();
  const { plan, warnings } = toPlan(
    ports,
    scope,
    toPlanInput(ports, { found, input, traceId, folder: folder ?? null }),
  );
  const request = toRequest(ports, plan, { id: input.id ?? createId(), traceId });
  const { timeoutMs } = input;
  const run = await ports.runs.start(scope, {
    ...request,
    ...options,
    ...(timeoutMs === undefined ? {} : { deadline: ports.clock() + timeoutMs }),
  });
  const { template } = run.input as RunPlan;
  if (template.digest !== plan.template.digest)
    throw runFailures.create(
      'COAIA-5115',
      `The run ${run.id} is one of ${template.name}, started before.`,
    );
  return { run: toWireRun(run), warnings };
}

interface Wanted {
  readonly found: FoundTemplate;
  readonly input: PipelineRunInput;
  readonly traceId: string;
  readonly folder: string | null;
}

function toPlanInput(
  { env }: PipelineRunPorts,
  { found, input, traceId, folder }: Wanted,
): PlanInput {
  const { variables = {}, userId, sessionId, concurrency = CONCURRENCY, strict } = input;
  return {
    found,
    variables,
    traceId,
    userId,
    sessionId,
    env,
    folder,
    concurrency,
    isStrict: strict === true,
  };
}

function findWanted(
  ports: PipelineRunPorts,
  scope: Scope,
  wanted: PipelineRunInput['template'],
): Promise<FoundTemplate> {
  const places = ports.toPlaces(scope);
  if (typeof wanted === 'string') return findTemplate(places, wanted);
  const { text, format, name = 'unnamed' } = wanted;
  return resolveTemplate(places, { name, source: 'project', path: null, text, format });
}

/** What the engine takes. */
function toRequest(
  { clock }: Pick<PipelineRunPorts, 'clock'>,
  plan: RunPlan,
  { id, traceId }: { readonly id: string; readonly traceId: string },
): RunRequest {
  return {
    id,
    workflow: PIPELINE_WORKFLOW,
    name: plan.template.name,
    input: plan,
    traceId,
    events: [toTraceEvent(plan, { id, traceId, now: clock() })],
  };
}

interface Beginning {
  readonly id: string;
  readonly traceId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The run's one trace. */
export function toTraceEvent(plan: RunPlan, { id, traceId, now }: Beginning): IngestionEvent {
  const { name, userId, sessionId, metadata } = plan.trace;
  return {
    id: toEventId(id, 'trace', 'begin'),
    type: 'trace-create',
    timestamp: toIso(now),
    body: {
      id: traceId,
      name,
      timestamp: toIso(now),
      ...(userId === undefined ? {} : { userId }),
      ...(sessionId === undefined ? {} : { sessionId }),
      input: plan.variables,
      metadata: { ...metadata, run_id: id, run_state: 'running' },
    },
  };
}

/** What a pipeline that another one starts is to do. Fails with COAIA-5114 beyond five levels. */
export async function toChildRequest(
  ports: Omit<PipelineRunPorts, 'runs'>,
  scope: Scope,
  { name, variables, parent, secrets }: ChildRequest,
): Promise<RunRequest> {
  const depth = parent.depth + 1;
  if (depth > MAX_DEPTH)
    throw runFailures.create('COAIA-5114', `${name} would be pipeline ${depth + 1} in a row.`);
  if (!/^[\w.-]+(?:@.+)?$/.test(name))
    throw invalidRequest(`A step starts another pipeline by its name, not by ${name}.`);
  const { userId, sessionId } = parent.trace;
  const traceId = createTraceId();
  const { plan } = toPlan(ports, scope, {
    found: await findTemplate(ports.toPlaces(scope), name),
    variables,
    traceId,
    userId,
    sessionId,
    folder: parent.folder,
    concurrency: parent.concurrency,
    depth,
    isStrict: parent.isStrict,
    secrets,
  });
  return toRequest(ports, plan, { id: createId(), traceId });
}
