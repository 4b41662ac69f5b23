/** `coaia schedule remove`: deletes a schedule. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { findSchedule } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'schedule remove',
  summary: 'Delete a schedule; its runs stay',
  needs: schedulesApi,
  positionals: [{ name: 'schedule', summary: 'Id or name of the schedule', required: true }],
  options: {},
  examples: ['coaia schedule remove hourly --yes'],
  async run({ open, out, flags, confirm }, { args }) {
    const api = await open();
    const { id, name } = await findSchedule(api, args.schedule);
    if (!(await confirm(`Delete the schedule ${name}?`))) return EXIT.unconfirmed;
    await api.deleteSchedule(id);
    if (flags.json) out.json({ id, removed: true });
    else out.confirm(`Removed ${name}.`);
    return EXIT.done;
  },
});
