/** `coaia cache clear`: forgets the score configs of servers and which project a key belongs to. */
import { rmSync } from 'node:fs';
import { findHome, homePaths } from '#config';
import { defineCommand } from '#surface';
import { toProjectsPath } from '../known-projects.ts';

export const command = defineCommand({
  words: 'cache clear',
  summary: 'Empty the local cache of score configs',
  positionals: [],
  options: {},
  examples: ['coaia cache clear'],
  async run(context) {
    const { cache, scoreConfigs } = homePaths(findHome(context));
    rmSync(scoreConfigs, { recursive: true, force: true });
    rmSync(toProjectsPath(cache), { force: true });
    if (context.flags.json) context.out.json({ cleared: scoreConfigs });
    else context.out.confirm('The cache is empty.');
  },
});
