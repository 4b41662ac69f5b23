/** The trace of a run that goes on from another one: what was taken over stands in it, and says so. */
import type { IngestionEvent } from '#base';
import type { RunStep } from '#runs';
import { toGraph } from './graph.ts';
import type { Node } from './graph.ts';
import { toObservationId } from './ids.ts';
import type { RunPlan } from './plan.ts';
import { toDoneEvent } from './record-step.ts';
import { toTraceEvent } from './start-run.ts';

export interface Fork {
  /** The new run. */
  readonly id: string;
  readonly traceId: string;
  readonly now: number;
  /** The old one, and what its journal says. */
  readonly of: string;
  readonly fromStep: string;
  readonly rows: readonly RunStep[];
}

/** The trace, and one observation for each finished step that is not done again. */
export function toForkEvents(plan: RunPlan, fork: Fork): readonly IngestionEvent[] {
  const trace = toTraceEvent(plan, fork);
  const body = trace.body as { readonly metadata: object };
  const metadata = { ...body.metadata, forked_from: fork.of, from_step: fork.fromStep };
  const kept = listKept(plan, fork.fromStep);
  const rows = new Map(fork.rows.map((row) => [row.name, row]));
  const taken = plan.steps.flatMap((step) => {
    const row = rows.get(step.id);
    if (!kept.has(step.id) || row?.state !== 'succeeded' || row.endedAt === null) return [];
    const facts = {
      runId: fork.id,
      traceId: fork.traceId,
      key: step.id,
      observationId: toObservationId(fork.id, step.id),
      parentObservationId:
        step.parent === undefined ? undefined : toObservationId(fork.id, step.parent),
      name: step.name,
      type: step.type,
      metadata: { ...step.metadata, run_id: fork.id, step_id: step.id, taken_from_run: fork.of },
      ...(step.input === undefined ? {} : { input: step.input }),
    };
    const { output } = row.output as { readonly output: unknown };
    const times = { startedAt: row.startedAt, endedAt: row.endedAt, attempt: 1 };
    return [toDoneEvent(facts, times, { output })];
  });
  return [{ ...trace, body: { ...body, metadata } }, ...taken];
}

/** Steps that neither are the one from which the run goes on, nor wait for it. */
function listKept(plan: RunPlan, fromStep: string): ReadonlySet<string> {
  const nodes = toGraph(plan.steps);
  const again = new Set([fromStep]);
  let size = 0;
  const waitsFor = ({ after }: Node): boolean => after.some((id) => again.has(id));
  while (size !== again.size) {
    size = again.size;
    for (const [id, node] of nodes) if (waitsFor(node)) again.add(id);
  }
  return new Set([...nodes.keys()].filter((id) => !again.has(id)));
}

/** Rows of the journal that belong to those steps: themselves, the items of their lists, and what they asked. */
export function listKeptRows(
  plan: RunPlan,
  fromStep: string,
  rows: readonly RunStep[],
): readonly string[] {
  const kept = listKept(plan, fromStep);
  const toStep = (name: string): string => name.replace(/(?:\[\d+\])?(?::[a-z]+)?$/, '');
  return rows.map(({ name }) => name).filter((name) => kept.has(toStep(name)));
}
