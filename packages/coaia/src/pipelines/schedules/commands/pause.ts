/** `coaia schedule pause`: start nothing until the schedule is resumed. */
import { defineCommand } from '#surface';
import { findSchedule } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'schedule pause',
  summary: 'Start nothing until the schedule is resumed',
  needs: schedulesApi,
  positionals: [{ name: 'schedule', summary: 'Id or name of the schedule', required: true }],
  options: {},
  examples: ['coaia schedule pause hourly'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const { id } = await findSchedule(api, args.schedule);
    const schedule = await api.pauseSchedule(id);
    if (flags.json) out.json(schedule);
    else out.confirm(`Paused ${schedule.name}.`);
  },
});
