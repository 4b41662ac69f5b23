/** `coaia dashboards add`: a dashboard that comes with the program becomes one of the project. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Column } from '#surface';
import type { ReadyDashboard } from '@coaia/client';
import { dashboardsApi } from '../../ports.ts';

export const command = defineCommand({
  words: 'dashboards add',
  summary: 'Add a dashboard that comes with the program',
  description: 'Without a name it lists those there are.',
  needs: dashboardsApi,
  positionals: [{ name: 'name', summary: 'cost, quality or reliability' }],
  options: {},
  examples: ['coaia dashboards add', 'coaia dashboards add cost'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    if (args.name === undefined) {
      const { data } = await api.listReadyDashboards();
      if (flags.json) out.json(data);
      else out.table('dashboards', data, COLUMNS);
      return EXIT.done;
    }
    const made = await api.addReadyDashboard(args.name);
    if (flags.json) out.json(made);
    else out.confirm(`Added the dashboard ${made.name} (${made.id}).`);
    return EXIT.done;
  },
});

const COLUMNS: readonly Column<ReadyDashboard>[] = [
  { header: 'Name', value: ({ name }) => name },
  { header: 'Widgets', value: ({ widgets }) => String(widgets) },
  { header: 'What it shows', value: ({ description }) => description },
];
