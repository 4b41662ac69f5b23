/** `coaia pipeline plan`: what deploying a folder would change. */
import { resolve } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { isPending, makePlan } from '../make-plan.ts';
import { deployApi } from '../ports.ts';
import { planOptions, report } from './options.ts';

export const command = defineCommand({
  words: 'pipeline plan',
  summary: 'Show what deploying a folder would change',
  description:
    'Compares templates, prompts, score configs and datasets that files describe with those of the project. Changes nothing.',
  needs: deployApi,
  positionals: [],
  options: {
    ...planOptions,
    'detailed-exitcode': { type: 'boolean', summary: 'Exit 2 when there are changes' },
  },
  examples: [
    'coaia prompts sync --to prompts; coaia pipeline plan --path prompts || true',
    'coaia pipeline plan --path . --to staging --detailed-exitcode || true',
  ],
  async run(context, { options }) {
    const folder = resolve(context.cwd, options.path);
    const labels = options.label === undefined ? [] : [options.label];
    const isPruning = options.prune === true;
    const changes = await makePlan(await context.open(), folder, { labels, isPruning });
    report(
      context,
      changes.map((change) => ({ ...change, error: null })),
      false,
      options,
    );
    // As terraform and others have it: 2 is no failure here, but changes.
    const isDetailed = options['detailed-exitcode'] === true;
    return isDetailed && changes.some(isPending) ? EXIT.usage : EXIT.done;
  },
});
