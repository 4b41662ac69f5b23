/** Watches a run from outside until it ends, here or on a server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineRunDetail, PipelineRunsApi, PipelineRunStep } from '@coaia/client';

const FIRST_MS = 50;
const SLOWEST_MS = 1000;

export const hasEnded = ({ state }: Pick<PipelineRunDetail, 'state'>): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';

export interface Watcher {
  readonly signal: AbortSignal;
  /** A step whose state is another one than before. */
  readonly onStep: (step: PipelineRunStep) => void;
  /** A step waits for a person. */
  readonly onQuestion: (question: PipelineRunDetail['approvals'][number]) => void;
}

/** The run once it has ended; as it is when the signal is aborted first. Asks less often the longer it takes. */
export async function followRun(
  api: Pick<PipelineRunsApi, 'getPipelineRun'>,
  id: string,
  { signal, onStep, onQuestion }: Watcher,
): Promise<PipelineRunDetail> {
  const seen = new Map<string, string>();
  const asked = new Set<string>();
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 1.5, SLOWEST_MS)) {
    const run = await api.getPipelineRun(id);
    for (const step of run.steps) {
      const state = `${step.state} ${step.attempt}`;
      const isNews = seen.get(step.id) !== state && step.state !== 'pending';
      seen.set(step.id, state);
      if (isNews) {
        wait = FIRST_MS;
        onStep(step);
      }
    }
    for (const question of run.approvals) {
      if (!asked.has(question.step)) onQuestion(question);
      asked.add(question.step);
    }
    if (hasEnded(run) || signal.aborted) return run;
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
}
