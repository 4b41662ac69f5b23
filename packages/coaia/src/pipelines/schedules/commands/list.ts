/** `coaia schedule list`: every schedule of the project. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Schedule } from '@coaia/client';
import { listAll, toWhen } from '../find-schedule.ts';
import { schedulesApi } from '../ports.ts';

const columns: readonly Column<Schedule>[] = [
  { header: 'Schedule', value: ({ id }) => id },
  { header: 'Name', value: ({ name }) => name },
  { header: 'Pipeline', value: ({ template }) => template, drop: 2 },
  { header: 'When', value: toWhen },
  { header: 'Next', value: ({ isPaused, nextAt }) => (isPaused ? 'paused' : (nextAt ?? 'never')) },
  { header: 'Last', value: ({ lastAt }) => lastAt ?? '', drop: 1 },
];

export const command = defineCommand({
  words: 'schedule list',
  summary: 'List the schedules of pipelines',
  needs: schedulesApi,
  positionals: [],
  options: listOptions,
  examples: ['coaia schedule list'],
  async run({ open, out }, { options }) {
    const rows = await listAll(await open());
    out.list({ things: 'schedules', rows, columns }, options);
  },
});
