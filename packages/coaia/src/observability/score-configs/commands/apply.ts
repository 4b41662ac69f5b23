/** `coaia fuse score-configs apply`: a score by its config, checked before it is sent. */
import { createId, invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { readScoreContent } from '../../scores/score-options.ts';
import { targetOptions, toScoreTarget } from '../../scores/score-target.ts';

export const command = defineCommand({
  words: 'fuse score-configs apply',
  summary: 'Score a trace or a session by a score config',
  description:
    'The value is a number within the range, a category by label or number, or true, false, yes, no, on, off, 1, 0. It is checked before anything is sent.',
  needs: scoresApi,
  positionals: [{ name: 'nameOrId', summary: 'Name or id of the config' }],
  options: {
    ...targetOptions,
    value: { type: 'string', short: 'v', summary: 'Value', required: true, compat: true },
    comment: { type: 'string', short: 'c', summary: 'Comment', compat: true },
    'config-id': {
      type: 'string',
      aliases: ['config'],
      placeholder: 'NAME|ID',
      summary: 'The same as the argument',
    },
    metadata: { type: 'string', placeholder: 'JSON', summary: 'Metadata, a JSON object' },
    environment: { type: 'string', summary: 'Environment, for example production' },
    'score-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Id of the score (default a new one)',
    },
    'no-cache': { type: 'boolean', summary: 'Ask the server for the config, not the local cache' },
  },
  examples: [
    'coaia fuse score-configs apply Helpfulness --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 -v "Very Helpful"',
    'coaia fuse scc apply "Overall Quality" --session-id chat-7 -v 8 -c "clear and short"',
  ],
  async run(context, { options, args }) {
    const config = args.nameOrId ?? options['config-id'];
    if (config === undefined) {
      throw invalidRequest(
        'No score config is named.',
        undefined,
        'coaia fuse score-configs available',
      );
    }
    const target = toScoreTarget(options, context.env);
    const api = await context.open();
    const { name = config, ...content } = await readScoreContent(context, api, {
      ...options,
      config,
      'string-value': undefined,
      'data-type': undefined,
    });
    const id = options['score-id'] ?? createId();
    context.out.json(await api.createScore({ id, name, ...content, ...target }));
  },
});
