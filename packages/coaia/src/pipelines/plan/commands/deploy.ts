/** `coaia pipeline deploy`: makes a project as a folder describes it. */
import { resolve } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { deploy } from '../deploy.ts';
import { isPending, makePlan } from '../make-plan.ts';
import { deployApi } from '../ports.ts';
import { planOptions, report } from './options.ts';

export const command = defineCommand({
  words: 'pipeline deploy',
  summary: 'Make the project as the files of a folder describe it',
  description:
    'Each object is changed as a whole or not at all. Deploying twice changes nothing the second time. What --prune takes away is asked about.',
  needs: deployApi,
  positionals: [],
  options: { ...planOptions, 'dry-run': { type: 'boolean', summary: 'Only plan' } },
  examples: [
    'coaia prompts sync --to prompts; coaia pipeline deploy --path prompts --dry-run || true',
    'coaia pipeline deploy --path . --label staging --junit deploy.xml || true',
  ],
  async run(context, { options }) {
    const folder = resolve(context.cwd, options.path);
    const labels = options.label === undefined ? [] : [options.label];
    const isPruning = options.prune === true;
    const plan = await makePlan(await context.open(), folder, { labels, isPruning });
    const isDry = options['dry-run'] === true;
    const losses = plan.filter(({ action }) => action === 'delete').length;
    if (!isDry && losses > 0 && !(await context.confirm(`${losses} to delete. Go on?`)))
      return EXIT.unconfirmed;
    const results = isDry ? plan.map((change) => ({ ...change, error: null })) : await deploy(plan);
    report(context, results, !isDry, options);
    const failed = results.filter(({ error }) => error !== null).length;
    if (failed === 0) return EXIT.done;
    return failed === results.filter(isPending).length ? EXIT.failed : EXIT.partial;
  },
});
