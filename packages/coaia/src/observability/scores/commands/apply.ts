/** `coaia fuse scores apply`: a score with CoAiAPy's options. */
import { createId, isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import type { ScoresApi } from '@coaia/client';
import { scoresApi } from '../../ports.ts';
import { scoreFailures } from '../errors.ts';
import { readScoreContent, valueOptions } from '../score-options.ts';
import { targetOptions, toScoreTarget } from '../score-target.ts';

export const command = defineCommand({
  words: 'fuse scores apply',
  summary: 'Score a trace or a session, by name or by config',
  description:
    'The name comes from --config, from --name, or from the score that --score-id names and that is there already. Ids are sent exactly as they are given.',
  needs: scoresApi,
  positionals: [
    { name: 'traceId', summary: 'Trace to score, the same as --trace-id' },
    { name: 'scoreId', summary: 'The same as --score-id' },
  ],
  options: {
    ...targetOptions,
    name: { type: 'string', short: 'n', summary: 'Name of the score', compat: true },
    'score-id': { type: 'string', placeholder: 'ID', summary: 'Id of the score', compat: true },
    ...valueOptions,
  },
  examples: [
    'coaia fuse scores apply --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --name accuracy -v 0.9 -c "checked by hand"',
    'coaia fuse scores apply --session-id chat-7 --config Clarity -v 4',
  ],
  async run(context, { options, args }) {
    const target = toScoreTarget(options, context.env, args.traceId);
    const scoreId = options['score-id'] ?? args.scoreId;
    if (options.name === undefined && options.config === undefined && scoreId === undefined) {
      throw scoreFailures.create('COAIA-1086', 'The score has no name.', {
        hint: 'add --name NAME or --config NAME',
      });
    }
    const api = await context.open();
    const content = await readScoreContent(context, api, options);
    const name = content.name ?? options.name ?? (await findName(api, scoreId ?? ''));
    const id = scoreId ?? createId();
    context.out.json(await api.createScore({ ...content, id, name, ...target }));
  },
});

/** The name of a score that is there already. */
async function findName(api: ScoresApi, scoreId: string): Promise<string> {
  try {
    return (await api.getScore(scoreId)).name;
  } catch (error) {
    if (!isCoaiaError(error) || error.code !== 'COAIA-0003') throw error;
    throw scoreFailures.create(
      'COAIA-1086',
      `There is no score ${scoreId} yet, so it needs a name.`,
      {
        hint: 'add --name NAME',
        cause: error,
      },
    );
  }
}
