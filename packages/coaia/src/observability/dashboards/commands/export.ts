/** `coaia dashboards export`: one dashboard with its widgets, as a file that can be kept in git. */
import { defineCommand } from '#surface';
import { dashboardsApi } from '../../ports.ts';
import { findDashboard } from '../find-dashboard.ts';

export const command = defineCommand({
  words: 'dashboards export',
  summary: 'Write a dashboard as a file',
  description: 'The file goes to stdout; import reads it on any server.',
  needs: dashboardsApi,
  positionals: [{ name: 'dashboard', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia dashboards export Cost > cost.json'],
  async run({ open, out }, { args }) {
    const api = await open();
    const { id } = await findDashboard(api, args.dashboard);
    out.json(await api.exportDashboard(id));
  },
});
