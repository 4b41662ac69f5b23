/** The jobs of the room, started and ended together. */
import type { BlobStore } from '#blobs';
import { openExportSchedule } from '../exports/schedule.ts';
import { openRetentionSchedule } from '../retention/schedule.ts';
import type { ExportPorts } from '../exports/ports.ts';
import type { JobLog } from './job-timer.ts';

export interface SchedulesOptions {
  readonly exports: ExportPorts;
  readonly blobs: BlobStore;
  readonly log: JobLog;
}

/** Starts them. */
export function openSchedules({ exports, blobs, log }: SchedulesOptions): {
  close(): Promise<void>;
} {
  const { db, clock } = exports;
  const timers = [
    openExportSchedule(exports, log),
    openRetentionSchedule({ db, clock, blobs }, log),
  ];
  return {
    async close() {
      await Promise.all(timers.map((timer) => timer.close()));
    },
  };
}
