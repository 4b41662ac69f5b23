/** The command lines about scores. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

/** The group is also known by its short name, and without `fuse`. */
function toAliases(...actions: readonly string[]): readonly string[] {
  const all = actions.flatMap((action) =>
    ['fuse scores', 'fuse sc', 'scores'].map((words) => `${words} ${action}`),
  );
  return all.slice(1);
}

export const scoreCommands: readonly CommandEntry[] = [
  {
    words: 'fuse scores create',
    summary: 'Score a trace, an observation, a session or a dataset run',
    aliases: toAliases('create'),
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'fuse scores apply',
    summary: 'Score a trace or a session, by name or by config',
    aliases: toAliases('apply', 'add'),
    load: () => import('./commands/apply.ts'),
  },
  {
    words: 'fuse scores list',
    summary: 'List scores, newest first',
    aliases: toAliases('list'),
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse scores get',
    summary: 'Show one score as JSON',
    aliases: toAliases('get'),
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse scores delete',
    summary: 'Delete scores',
    aliases: toAliases('delete'),
    load: () => import('./commands/delete.ts'),
  },
];
