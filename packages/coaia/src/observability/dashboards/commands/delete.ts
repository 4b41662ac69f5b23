/** `coaia dashboards delete`: a dashboard goes, its widgets stay. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { dashboardsApi } from '../../ports.ts';
import { findDashboard } from '../find-dashboard.ts';

export const command = defineCommand({
  words: 'dashboards delete',
  summary: 'Delete a dashboard; its widgets stay',
  needs: dashboardsApi,
  positionals: [{ name: 'dashboard', summary: 'Id or name', required: true }],
  options: {},
  examples: ['coaia dashboards delete Cost --yes'],
  async run({ open, out, confirm, flags }, { args }) {
    const api = await open();
    const { id, name } = await findDashboard(api, args.dashboard);
    if (!(await confirm(`Delete the dashboard ${name}? Its widgets stay.`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    await api.deleteDashboard(id);
    if (flags.json) out.json({ deleted: id });
    else out.confirm(`Deleted the dashboard ${name}.`);
    return EXIT.done;
  },
});
