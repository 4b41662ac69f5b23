/** `coaia schedule resume`: go on with the next due time of a paused schedule. */
import { defineCommand } from '#surface';
import { findSchedule } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'schedule resume',
  summary: 'Go on with the next due time of a paused schedule',
  needs: schedulesApi,
  positionals: [{ name: 'schedule', summary: 'Id or name of the schedule', required: true }],
  options: {},
  examples: ['coaia schedule resume hourly'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const { id } = await findSchedule(api, args.schedule);
    const schedule = await api.resumeSchedule(id);
    if (flags.json) out.json(schedule);
    else out.confirm(`Resumed ${schedule.name}; next ${schedule.nextAt ?? 'never'}.`);
  },
});
