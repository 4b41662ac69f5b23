/** `coaia schedule show`: one schedule. */
import { defineCommand } from '#surface';
import { findSchedule, toWhen } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

export const command = defineCommand({
  words: 'schedule show',
  summary: 'Show a schedule',
  needs: schedulesApi,
  positionals: [{ name: 'schedule', summary: 'Id or name of the schedule', required: true }],
  options: {},
  examples: ['coaia schedule show hourly'],
  async run({ open, out, flags }, { args }) {
    const schedule = await findSchedule(await open(), args.schedule);
    if (flags.json) {
      out.json(schedule);
      return;
    }
    const { isPaused, nextAt } = schedule;
    out.line(`Schedule  ${schedule.id}`);
    out.line(`Name      ${schedule.name}`);
    out.line(`Pipeline  ${schedule.template}`);
    out.line(`When      ${toWhen(schedule)}`);
    out.line(`Next      ${isPaused ? 'paused' : (nextAt ?? 'never')}`);
    out.line(`Last      ${schedule.lastAt ?? 'never'}`);
    out.line(`Overlap   ${schedule.overlap}`);
    out.line(`Missed    ${schedule.missed}`);
    if (schedule.webhookUrl !== null) out.line(`Webhook   ${schedule.webhookUrl}`);
    for (const [name, value] of Object.entries(schedule.variables))
      out.line(`  ${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  },
});
