/** The jobs of the room, started and ended together. */
import type { BlobStore } from '#blobs';
import { openExportSchedule } from '../exports/schedule.ts';
import type { ExportPorts } from '../exports/ports.ts';
import type { JobLog } from './job-timer.ts';

export interface SchedulesOptions {
  readonly exports: ExportPorts;
  readonly blobs: BlobStore;
  readonly log: JobLog;
}

/** Starts them. */
export function openSchedules({ exports, log }: SchedulesOptions): { close(): Promise<void> } {
  const timers = [openExportSchedule(exports, log)];
  return {
    async close() {
      await Promise.all(timers.map((timer) => timer.close()));
    },
  };
}
