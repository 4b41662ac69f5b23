/** Retention of all projects once a day, in the server process. */
import { isCoaiaError } from '#base';
import { openJobTimer } from '../jobs/job-timer.ts';
import type { JobLog, JobTimer } from '../jobs/job-timer.ts';
import type { RetentionPorts } from './ports.ts';
import { runRetention } from './run-retention.ts';
import { readDueProjects } from './storage.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 300_000;

/** Looks every five minutes which projects had no run within a day; one that was cut off is made up for. */
export function openRetentionSchedule(
  ports: RetentionPorts,
  log: JobLog,
  everyMs: number = EVERY_MS,
): JobTimer {
  return openJobTimer({
    everyMs,
    run: (signal) => runDue(ports, log, signal),
    onError: (error) => log.error('retention cannot be scheduled', error),
  });
}

async function runDue(ports: RetentionPorts, log: JobLog, signal: AbortSignal): Promise<void> {
  for (const { id: project } of await readDueProjects(ports.db, ports.clock() - DAY_MS)) {
    try {
      const run = await runRetention(ports, project, signal);
      if (run === undefined) continue;
      const { traces, observations, scores, sessions, media, mediaBytes, cutoff } = run;
      const counts = { traces, observations, scores, sessions, media, mediaBytes };
      log.info('retention deleted', { project, before: cutoff, ...counts });
    } catch (error) {
      if (signal.aborted) return;
      if (isCoaiaError(error) && error.code === 'COAIA-1180') continue;
      log.error('retention failed', error, { project });
    }
  }
}
