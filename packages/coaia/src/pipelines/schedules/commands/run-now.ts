/** `coaia schedule run-now`: starts a run at once. */
import { defineCommand } from '#surface';
import { findSchedule } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'schedule run-now',
  summary: 'Start a run of a schedule at once',
  description: 'A server works on it; `coaia pipeline run --resume RUN` does so without one.',
  needs: schedulesApi,
  positionals: [{ name: 'schedule', summary: 'Id or name of the schedule', required: true }],
  options: {},
  examples: ['coaia schedule run-now hourly'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const { id } = await findSchedule(api, args.schedule);
    const run = await api.runScheduleNow(id);
    if (flags.json) out.json(run);
    else out.line(run.id);
  },
});
