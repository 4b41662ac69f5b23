/** `coaia prompts protect`: the labels that keys may not move. */
import { defineCommand } from '#surface';
import { promptsApi } from '../ports.ts';
import { compatOptions } from './options.ts';

export const command = defineCommand({
  words: 'fuse prompts protect',
  summary: 'List, add or remove protected labels',
  description:
    'Keys can neither move a protected label nor delete the version it is on. Only the owner of the store changes the list.',
  needs: promptsApi,
  positionals: [{ name: 'labels', summary: 'Labels to protect; none lists them', variadic: true }],
  options: { ...compatOptions, remove: { type: 'boolean', summary: 'Protect them no longer' } },
  examples: ['coaia prompts protect production', 'coaia prompts protect production --remove'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const before = await api.listProtectedLabels();
    const given = args.labels;
    const wanted =
      options.remove === true
        ? before.filter((label) => !given.includes(label))
        : [...before, ...given];
    const labels = given.length === 0 ? before : await api.updateProtectedLabels(wanted);
    if (flags.json) out.json(labels);
    else if (labels.length === 0) out.line('No labels are protected.');
    else for (const label of labels) out.line(label);
  },
});
