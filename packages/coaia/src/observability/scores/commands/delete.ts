/** `coaia fuse scores delete`: removes scores. */
import { EXIT, isCoaiaError, notFound } from '#base';
import { defineCommand } from '#surface';
import type { ScoresApi } from '@coaia/client';
import { scoresApi } from '../../ports.ts';
import { toCount } from '../../terminal/numbers.ts';

export const command = defineCommand({
  words: 'fuse scores delete',
  summary: 'Delete scores',
  needs: scoresApi,
  positionals: [{ name: 'scoreIds', summary: 'Ids', required: true, variadic: true }],
  options: {},
  examples: ['coaia fuse scores delete my-score'],
  async run(context, { args }) {
    const { out, flags } = context;
    const api = await context.open();
    const deleted: string[] = [];
    const missing: string[] = [];
    for (const id of new Set(args.scoreIds)) {
      if (await hasScore(api, id)) {
        await api.deleteScore(id);
        deleted.push(id);
      } else missing.push(id);
    }
    if (deleted.length === 0) throw notFound('Score', missing.join(', '), 'coaia fuse scores list');
    if (flags.json) out.json({ deleted, missing });
    else out.confirm(`Deleted ${toCount(deleted.length, 'score')}.`);
    if (missing.length === 0) return EXIT.done;
    out.notice(`Not found: ${missing.join(', ')}.`);
    return EXIT.partial;
  },
});

/** A server answers the removal of what is not there like any other, so it is asked first. */
async function hasScore(api: ScoresApi, id: string): Promise<boolean> {
  try {
    await api.getScore(id);
    return true;
  } catch (error) {
    if (isCoaiaError(error) && error.code === 'COAIA-0003') return false;
    throw error;
  }
}
