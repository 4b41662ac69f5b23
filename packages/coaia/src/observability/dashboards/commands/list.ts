/** `coaia dashboards list`: dashboards, the last changed first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Dashboard } from '@coaia/client';
import { dashboardsApi } from '../../ports.ts';

export const command = defineCommand({
  words: 'dashboards list',
  summary: 'List dashboards, the last changed first',
  needs: dashboardsApi,
  positionals: [],
  options: {
    page: { type: 'number', default: 1, summary: 'Page, from 1' },
    limit: { type: 'number', default: 50, summary: 'Size of a page, at most 100' },
    ...listOptions,
  },
  examples: ['coaia dashboards list', 'coaia dashboards list --json'],
  async run(context, { options }) {
    const api = await context.open();
    const answer = await api.listDashboards({ page: options.page, limit: options.limit });
    const view = { things: 'dashboards', rows: answer.data, columns: COLUMNS, page: answer };
    context.out.list(view, options);
    if (answer.data.length === 0 && !context.flags.json)
      context.out.notice('Next: coaia dashboards add cost');
  },
});

const COLUMNS: readonly Column<Dashboard>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'Name', value: ({ name }) => name },
  { header: 'Widgets', value: ({ definition }) => String(definition.widgets.length) },
  { header: 'Changed', value: ({ updatedAt }) => updatedAt.slice(0, 16), drop: 1 },
];
