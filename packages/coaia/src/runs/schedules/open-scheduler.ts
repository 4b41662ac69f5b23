/** Starts what is due, in a worker; any number of them may run beside each other. */
import type { ScheduleRow } from '#store';
import { toRunPorts } from '../open-runs.ts';
import { announce } from '../ports.ts';
import type { RunPorts } from '../ports.ts';
import { fireSchedule } from './fire-schedule.ts';
import type { Fired } from './fire-schedule.ts';
import type { SchedulesOptions } from './open-schedules.ts';
import { toSchedule } from './records.ts';
import type { PrepareRun, Schedule } from './schedule.ts';

const POLL_MS = 1000;
const PART = 50;

export interface SchedulerOptions extends SchedulesOptions {
  /** Told of each due time this process dealt with, for example to tell a webhook about a failure. */
  readonly onFired?: (schedule: Schedule, fired: Pick<Fired, 'outcome' | 'detail'>) => void;
  readonly log?: (message: string, error: unknown) => void;
  readonly pollMs?: number;
}

export function openScheduler(options: SchedulerOptions): { close(): Promise<void> } {
  const ports = toRunPorts(options);
  const { log = () => {}, pollMs = POLL_MS } = options;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      await fireDue(ports, options.prepare, options);
    } catch (error) {
      log('schedules could not be looked at', error);
    }
    if (!isClosed) timer = setTimeout(begin, pollMs).unref();
  };
  const begin = (): void => {
    running = look();
  };
  begin();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function fireDue(
  ports: RunPorts,
  prepare: PrepareRun,
  { onFired, log }: Pick<SchedulerOptions, 'onFired' | 'log'>,
): Promise<void> {
  const rows = await ports.db.read<ScheduleRow>(
    `SELECT * FROM schedules WHERE fire_at <= ? AND state = 'active' ORDER BY fire_at LIMIT ${PART}`,
    [ports.clock()],
  );
  for (const row of rows) {
    try {
      const fired = await fireSchedule(ports, prepare, row);
      if (fired === undefined) continue;
      const { run } = fired;
      if (run !== undefined)
        announce(ports, { projectId: run.project_id, id: run.id }, { dueAt: ports.clock() });
      onFired?.(toSchedule(row), fired);
    } catch (error) {
      log?.(`schedule ${row.id} could not be fired`, error);
    }
  }
}
