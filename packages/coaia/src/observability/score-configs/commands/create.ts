/** `coaia fuse score-configs create`: one score config. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { ScoreConfigType } from '@coaia/client';
import { scoresApi } from '../../ports.ts';
import { createConfigFinder } from '../config-finder.ts';
import { configOptions, readConfigFields } from '../config-options.ts';
import { SCORE_CONFIG_TYPES } from '../score-config.ts';

export const command = defineCommand({
  words: 'fuse score-configs create',
  summary: 'Create a score config',
  needs: scoresApi,
  positionals: [
    { name: 'name', summary: 'Name, at most 35 characters' },
    { name: 'dataType', summary: 'NUMERIC, CATEGORICAL, BOOLEAN or TEXT' },
  ],
  options: {
    ...configOptions,
    name: { type: 'string', summary: 'The same as the first argument' },
    'data-type': {
      type: 'string',
      placeholder: 'TYPE',
      summary: 'The same as the second argument',
    },
  },
  examples: [
    'coaia fuse score-configs create Quality NUMERIC --min-value 0 --max-value 10',
    `coaia fuse scc create Tone CATEGORICAL --categories '[{"label": "Rude", "value": 0}, {"label": "Kind", "value": 1}]'`,
  ],
  async run(context, { options, args }) {
    const name = options.name ?? args.name;
    const dataType = toType(
      options['data-type'] ?? (options.name === undefined ? args.dataType : args.name),
    );
    if (name === undefined || dataType === undefined) {
      throw invalidRequest(
        `A score config needs a name and one of the types ${SCORE_CONFIG_TYPES.join(', ')}.`,
        undefined,
        'coaia fuse score-configs create Quality NUMERIC --min-value 0 --max-value 10',
      );
    }
    const fields = await readConfigFields(options, context);
    const api = await context.open();
    const config = await api.createScoreConfig({ name, dataType, ...fields });
    // The cache may remember that there was none of this name.
    await createConfigFinder(context, api).listFresh();
    context.out.json(config);
  },
});

function toType(text: string | undefined): ScoreConfigType | undefined {
  return SCORE_CONFIG_TYPES.find((type) => type === text?.toUpperCase());
}
