/** `coaia export delete`: no further files. */
import { defineCommand } from '#surface';
import { exportsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'export delete',
  summary: 'Forget the export; files that were written stay',
  needs: exportsApi,
  positionals: [],
  options: {},
  examples: ['coaia export delete --yes'],
  async run(context) {
    const api = await context.open();
    const projectId = await api.getProjectId();
    if (!(await context.confirm('Forget the export of this project?'))) return;
    await api.deleteExport(projectId);
    context.out.confirm('The export is forgotten; its files stay.');
  },
});
