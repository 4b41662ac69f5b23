/** `coaia schedule history`: when a schedule was due, and what came of it. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { ScheduleFiring } from '@coaia/client';
import { findSchedule } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

const columns: readonly Column<ScheduleFiring>[] = [
  { header: 'Due', value: ({ at }) => at },
  { header: 'What', value: ({ state }) => state },
  { header: 'Run', value: ({ runId }) => runId ?? '' },
  { header: 'State', value: ({ runState }) => runState ?? '' },
  { header: 'Reason', value: ({ reason }) => reason ?? '', drop: 1 },
];

export const command = defineCommand({
  words: 'schedule history',
  summary: 'List the times at which a schedule was due, newest first',
  needs: schedulesApi,
  positionals: [{ name: 'schedule', summary: 'Id or name of the schedule', required: true }],
  options: {
    limit: { type: 'number', default: 50, summary: 'How many, at most 200' },
    cursor: { type: 'string', summary: 'Go on after an earlier page' },
    ...listOptions,
  },
  examples: ['coaia schedule history hourly'],
  async run({ open, out }, { args, options }) {
    const api = await open();
    const { id } = await findSchedule(api, args.schedule);
    const { limit, cursor } = options;
    const page = await api.listFirings(id, { limit, ...(cursor === undefined ? {} : { cursor }) });
    out.list({ things: 'due times', rows: page.data, columns, page }, options);
    if (page.meta.cursor !== null) out.notice(`More: --cursor ${page.meta.cursor}`);
  },
});
