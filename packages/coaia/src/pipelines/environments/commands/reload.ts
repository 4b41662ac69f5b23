import { defineCommand } from '#surface';
import { exportOptions, printExports, renderUnsets } from '../exports.ts';
import { openEnvironments } from '../open-environments.ts';
import { planReload } from '../reload.ts';

export const command = defineCommand({
  words: 'env reload',
  summary: 'Print what a shell loads and forgets in this folder; the hook calls it',
  positionals: [],
  options: { ...exportOptions },
  examples: ['coaia env reload --shell bash'],
  async run(context, { options }) {
    const { unset, set, notes } = planReload(openEnvironments(context), context.env);
    for (const note of notes) context.out.notice(note);
    if (unset.length > 0) context.out.line(renderUnsets(options, unset));
    printExports(context.out, set, options);
  },
});
