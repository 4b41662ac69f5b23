/** For tests: a journal in memory, as the engine would keep it; taking it up again replays what is finished. */
import type { IngestionEvent, Scope } from '#base';
import type { Run, RunContext, StepAttempt } from '#runs';
import type { RunPlan } from '../plan.ts';

export const SCOPE: Scope = { projectId: 'default', level: 'project', via: 'local' };

export interface Journal {
  readonly done: Map<string, unknown>;
  readonly failed: Map<string, unknown>;
  readonly skipped: Set<string>;
  readonly signals: Map<string, unknown>;
  readonly events: IngestionEvent[];
  /** Names of steps in the order in which they were worked on. */
  readonly worked: string[];
}

export function createJournal(): Journal {
  return {
    done: new Map(),
    failed: new Map(),
    skipped: new Set(),
    signals: new Map(),
    events: [],
    worked: [],
  };
}

export function toRun(plan: RunPlan, id = 'run-1'): Run {
  return {
    id,
    projectId: SCOPE.projectId,
    workflow: 'pipeline',
    name: plan.template.name,
    state: 'running',
    input: structuredClone(plan),
    output: null,
    error: null,
    traceId: 'trace-1',
    attempt: 1,
    priority: 0,
    parentRunId: null,
    scheduleId: null,
    createdAt: Date.UTC(2026, 0, 1),
    startedAt: Date.UTC(2026, 0, 1),
    endedAt: null,
    wakeAt: null,
    worker: 'test',
  };
}

export function createMemoryContext(
  plan: RunPlan,
  journal: Journal,
  signal: AbortSignal = new AbortController().signal,
): RunContext {
  const run = toRun(plan);
  return {
    run,
    scope: SCOPE,
    signal,
    // oxlint-disable-next-line complexity -- the whole of an engine in one place
    async step(name, options, work) {
      if (journal.done.has(name)) return journal.done.get(name) as never;
      if (journal.failed.has(name)) throw journal.failed.get(name);
      const most = options.retry?.attempts ?? 1;
      for (let count = 1; ; count++) {
        journal.worked.push(name);
        const attempt: StepAttempt = {
          attempt: count,
          idempotencyKey: `${run.id}:${name}`,
          startedAt: Date.now(),
          signal:
            options.timeoutMs === undefined
              ? signal
              : AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]),
        };
        try {
          const { output, events = [] } = await work(attempt);
          journal.done.set(name, structuredClone(output));
          journal.events.push(...events);
          return journal.done.get(name) as never;
        } catch (error) {
          if (signal.aborted) throw error;
          if (count < most && options.isPassing?.(error) === true) continue;
          journal.failed.set(name, error);
          journal.events.push(...(options.onFailure?.(error, attempt) ?? []));
          throw error;
        }
      }
    },
    async skip(name) {
      journal.skipped.add(name);
    },
    async sleep(name) {
      journal.done.set(name, null);
    },
    async waitForSignal(name) {
      return journal.signals.get(name);
    },
    async child(name, request) {
      journal.worked.push(name);
      return { result: `child of ${request.name}`, exports: {} };
    },
  };
}
