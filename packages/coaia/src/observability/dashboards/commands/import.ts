/** `coaia dashboards import`: a dashboard from a file that export wrote. */
import { defineCommand } from '#surface';
import { dashboardsApi } from '../../ports.ts';
import { readNamedFile } from '../../terminal/json-argument.ts';
import { dashboardFailures } from '../errors.ts';

export const command = defineCommand({
  words: 'dashboards import',
  summary: 'Make the dashboard of a file',
  description: 'Makes a new dashboard with new widgets, all or nothing; - is stdin.',
  needs: dashboardsApi,
  positionals: [{ name: 'file', summary: 'File, or - for stdin', required: true }],
  options: {},
  examples: ['coaia dashboards import cost.json'],
  async run(context, { args }) {
    const { out, flags } = context;
    const text =
      args.file === '-'
        ? (await context.stdin()).toString('utf8')
        : await readNamedFile(args.file, context.cwd);
    const made = await (await context.open()).importDashboard(parse(text, args.file));
    if (flags.json) out.json(made);
    else out.confirm(`Made the dashboard ${made.name} (${made.id}).`);
  },
});

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw dashboardFailures.create('COAIA-1194', `${name} is not JSON.`, { cause: error });
  }
}
