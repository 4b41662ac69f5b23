/** The command lines about score configs and their cache. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

/** The group is also known by its short name, and without `fuse`. */
function toAliases(...actions: readonly string[]): readonly string[] {
  const all = actions.flatMap((action) =>
    ['fuse score-configs', 'fuse scc', 'score-configs'].map((words) => `${words} ${action}`),
  );
  return all.slice(1);
}

const configCommands: readonly CommandEntry[] = [
  {
    words: 'fuse score-configs list',
    summary: 'List score configs',
    aliases: toAliases('list'),
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse score-configs get',
    summary: 'Show one score config as JSON, by id',
    aliases: toAliases('get'),
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse score-configs create',
    summary: 'Create a score config',
    aliases: toAliases('create'),
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'fuse score-configs update',
    summary: 'Change fields of a score config',
    aliases: toAliases('update'),
    load: () => import('./commands/update.ts'),
  },
  {
    words: 'fuse score-configs archive',
    summary: 'Archive a score config, so that new scores cannot use it',
    aliases: toAliases('archive'),
    load: () => import('./commands/archive.ts'),
  },
  {
    words: 'fuse score-configs restore',
    summary: 'Bring an archived score config back',
    aliases: toAliases('restore'),
    load: () => import('./commands/restore.ts'),
  },
  {
    words: 'fuse score-configs show',
    summary: 'Show a score config and the values it accepts',
    aliases: toAliases('show'),
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'fuse score-configs available',
    summary: 'List the score configs that can be applied',
    aliases: toAliases('available'),
    load: () => import('./commands/available.ts'),
  },
  {
    words: 'fuse score-configs apply',
    summary: 'Score a trace or a session by a score config',
    aliases: toAliases('apply'),
    load: () => import('./commands/apply.ts'),
  },
  {
    words: 'fuse score-configs export',
    summary: 'Write all score configs as JSON, to a file or stdout',
    aliases: toAliases('export'),
    load: () => import('./commands/export.ts'),
  },
  {
    words: 'fuse score-configs import',
    summary: 'Create score configs from a file',
    aliases: toAliases('import'),
    load: () => import('./commands/import.ts'),
  },
];

const presetCommands: readonly CommandEntry[] = [
  {
    words: 'fuse score-configs presets list',
    summary: 'List the ready-made score configs',
    aliases: toAliases('presets list'),
    load: () => import('./commands/presets-list.ts'),
  },
  {
    words: 'fuse score-configs presets show',
    summary: 'Show a ready-made score config',
    aliases: toAliases('presets show'),
    load: () => import('./commands/presets-show.ts'),
  },
  {
    words: 'fuse score-configs presets install',
    summary: 'Create ready-made score configs',
    aliases: toAliases('presets install'),
    load: () => import('./commands/presets-install.ts'),
  },
  {
    words: 'cache info',
    summary: 'Show the local cache of score configs',
    load: () => import('./commands/cache-info.ts'),
  },
  {
    words: 'cache clear',
    summary: 'Empty the local cache of score configs',
    load: () => import('./commands/cache-clear.ts'),
  },
];

export const scoreConfigCommands: readonly CommandEntry[] = [...configCommands, ...presetCommands];
