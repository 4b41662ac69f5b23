/** `coaia fuse score-configs update`: changes a score config. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { changeConfig } from '../change-config.ts';
import { configOptions, readConfigFields } from '../config-options.ts';

export const command = defineCommand({
  words: 'fuse score-configs update',
  summary: 'Change fields of a score config',
  description:
    'Only what is given changes; the data type stays. Scores that are there keep their values.',
  needs: scoresApi,
  positionals: [{ name: 'nameOrId', summary: 'Name or id', required: true }],
  options: { name: { type: 'string', summary: 'New name' }, ...configOptions },
  examples: ['coaia fuse score-configs update Quality --max-value 20'],
  async run(context, { options, args }) {
    const fields = await readConfigFields(options, context);
    const change = { ...fields, ...(options.name === undefined ? {} : { name: options.name }) };
    if (Object.keys(change).length === 0) {
      throw invalidRequest(
        'Nothing to change is given.',
        undefined,
        'coaia fuse score-configs update --help',
      );
    }
    context.out.json(await changeConfig(context, args.nameOrId, change));
  },
});
