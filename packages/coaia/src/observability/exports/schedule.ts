/** Exports of all projects when they are due, in the server process. */
import { isCoaiaError } from '#base';
import { openJobTimer } from '../jobs/job-timer.ts';
import type { JobLog, JobTimer } from '../jobs/job-timer.ts';
import type { ExportPorts } from './ports.ts';
import { runExport } from './run-export.ts';
import { readDueProjects } from './storage.ts';

const EVERY_MS = 60_000;

/** Looks every minute which exports are due. Other processes may do the same: each export has one at a time. */
export function openExportSchedule(
  ports: ExportPorts,
  log: JobLog,
  everyMs: number = EVERY_MS,
): JobTimer {
  return openJobTimer({
    everyMs,
    run: (signal) => runDue(ports, log, signal),
    onError: (error) => log.error('exports cannot be scheduled', error),
  });
}

async function runDue(ports: ExportPorts, log: JobLog, signal: AbortSignal): Promise<void> {
  for (const projectId of await readDueProjects(ports.db, ports.clock())) {
    try {
      const runs = await runExport(ports, projectId, { signal });
      const files = runs.flatMap((run) => run.files);
      const rows = files.reduce((total, file) => total + file.rows, 0);
      if (runs.length > 0) log.info('exported', { project: projectId, windows: runs.length, rows });
    } catch (error) {
      if (signal.aborted) return;
      // Another process is at it.
      if (isCoaiaError(error) && error.code === 'COAIA-1165') continue;
      log.error('an export failed', error, { project: projectId });
    }
  }
}
