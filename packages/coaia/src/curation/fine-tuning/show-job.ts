/** A fine-tuning job in a terminal. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '#base';
import type { CommandContext } from '#surface';
import type { FineTuningApi, FineTuningJob } from '@coaia/client';
import { isActive } from './job.ts';

type Context = Pick<CommandContext<FineTuningApi>, 'out' | 'flags' | 'signal'>;

/** The whole job, as JSON or as lines. */
export function printJob({ out, flags }: Pick<Context, 'out' | 'flags'>, job: FineTuningJob): void {
  if (flags.json) {
    out.json(job);
    return;
  }
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['Job', job.id],
    ['State', job.isStale ? `${job.state} (last known, the service does not answer)` : job.state],
    ['Base model', job.baseModel],
    ['Trained model', job.resultModel],
    ['Trains at', job.connection ?? 'this machine'],
    ['Service id', job.providerJobId],
    ['Examples', job.exampleCount],
    ['Dataset', job.datasetName],
    ['Trained tokens', job.trainedTokens],
    ['Started', job.startedAt],
    ['Finished', job.finishedAt],
    ['Error', job.error],
    ['Trace', job.traceId],
  ];
  for (const [name, value] of facts) if (value !== null) out.line(`${name.padEnd(14)} ${value}`);
}

const PAUSE_MS = 5000;

/** Asks until the job has ended, and says what changes. */
export async function waitForJob(
  { out, signal }: Context,
  api: FineTuningApi,
  job: FineTuningJob,
  pauseMs = PAUSE_MS,
): Promise<FineTuningJob> {
  let last = job;
  out.notice(`${last.id} ${last.state}`);
  while (isActive(last)) {
    await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    const next = await api.getFineTuningJob(job.id);
    if (next.state !== last.state) out.notice(`${next.id} ${next.state}`);
    last = next;
  }
  return last;
}

/** 0 only for a job that has succeeded, or has not ended. */
export function toExit(job: FineTuningJob): number {
  return job.state === 'failed' || job.state === 'cancelled' ? EXIT.failed : EXIT.done;
}
