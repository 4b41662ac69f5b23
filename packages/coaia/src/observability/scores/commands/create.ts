/** `coaia fuse scores create`: one score about a trace, an observation, a session or a dataset run. */
import { createId } from '#base';
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { readScoreContent, valueOptions } from '../score-options.ts';
import { targetOptions, toScoreTarget } from '../score-target.ts';

export const command = defineCommand({
  words: 'fuse scores create',
  summary: 'Score a trace, an observation, a session or a dataset run',
  description:
    'Without an id one is made; with the id of an existing score that score changes. Without a target COAIA_TRACE_ID is scored.',
  needs: scoresApi,
  positionals: [{ name: 'scoreId', summary: 'Id of the score; any text' }],
  options: {
    name: { type: 'string', short: 'n', summary: 'Name (default "New Score")', compat: true },
    ...valueOptions,
    ...targetOptions,
    id: { type: 'string', summary: 'The same as the argument' },
  },
  examples: [
    'coaia fuse scores create --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 -n accuracy -v 0.9',
    'coaia fuse scores create --session-id chat-7 --config Helpfulness -v "Very Helpful"',
  ],
  async run(context, { options, args }) {
    const target = toScoreTarget(options, context.env);
    const api = await context.open();
    const content = await readScoreContent(context, api, options);
    const name = content.name ?? options.name ?? 'New Score';
    const id = options.id ?? args.scoreId ?? createId();
    context.out.json(await api.createScore({ ...content, id, name, ...target }));
  },
});
