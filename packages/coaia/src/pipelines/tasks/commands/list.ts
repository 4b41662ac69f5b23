/** `coaia tasks list`: what is worked on in the background. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Task } from '@coaia/client';
import { tasksApi } from '../ports.ts';

const columns: readonly Column<Task>[] = [
  { header: 'Task', value: ({ id }) => id },
  { header: 'Kind', value: ({ kind }) => kind, drop: 2 },
  { header: 'Name', value: ({ name }) => name },
  { header: 'State', value: ({ state }) => state },
  { header: 'Tries', value: ({ attempt }) => String(attempt), align: 'right', drop: 3 },
  { header: 'Next', value: ({ nextRetry }) => nextRetry ?? '', drop: 4 },
  { header: 'Error', value: ({ error }) => error?.code ?? '', drop: 1 },
];

export const command = defineCommand({
  words: 'tasks list',
  summary: 'List what is worked on in the background, newest first',
  needs: tasksApi,
  positionals: [],
  options: {
    state: {
      type: 'string',
      placeholder: 'A,B',
      summary: 'Only these: queued, running, waiting, succeeded, failed, cancelled',
    },
    kind: { type: 'string', summary: 'Only tasks of this kind, for example pipeline' },
    name: { type: 'string', summary: 'Only tasks of this name' },
    limit: { type: 'number', default: 50, summary: 'How many, at most 200' },
    cursor: { type: 'string', summary: 'Go on after an earlier page' },
    ...listOptions,
  },
  examples: ['coaia tasks list', 'coaia tasks list --state failed'],
  async run({ open, out }, { options }) {
    const api = await open();
    const { state, kind, name, limit, cursor } = options;
    const page = await api.listTasks({
      limit,
      ...(state === undefined ? {} : { state }),
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    out.list({ things: 'tasks', rows: page.data, columns, page }, options);
    if (page.meta.cursor !== null) out.notice(`More: --cursor ${page.meta.cursor}`);
  },
});
