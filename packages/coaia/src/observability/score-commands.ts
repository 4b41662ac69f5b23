/** The command lines about scores and score configs. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

/** Every group is also known by its short name, and without `fuse`. */
function toAliases(group: 'scores' | 'score-configs', ...actions: readonly string[]) {
  const short = group === 'scores' ? 'sc' : 'scc';
  const all = actions.flatMap((action) =>
    [`fuse ${group}`, `fuse ${short}`, group].map((words) => `${words} ${action}`),
  );
  return all.slice(1);
}

const scoreCommands: readonly CommandEntry[] = [
  {
    words: 'fuse scores create',
    summary: 'Score a trace, an observation, a session or a dataset run',
    aliases: toAliases('scores', 'create'),
    load: () => import('./scores/commands/create.ts'),
  },
  {
    words: 'fuse scores apply',
    summary: 'Score a trace or a session, by name or by config',
    aliases: toAliases('scores', 'apply', 'add'),
    load: () => import('./scores/commands/apply.ts'),
  },
  {
    words: 'fuse scores list',
    summary: 'List scores, newest first',
    aliases: toAliases('scores', 'list'),
    load: () => import('./scores/commands/list.ts'),
  },
  {
    words: 'fuse scores get',
    summary: 'Show one score as JSON',
    aliases: toAliases('scores', 'get'),
    load: () => import('./scores/commands/get.ts'),
  },
  {
    words: 'fuse scores delete',
    summary: 'Delete scores',
    aliases: toAliases('scores', 'delete'),
    load: () => import('./scores/commands/delete.ts'),
  },
];

const configCommands: readonly CommandEntry[] = [
  {
    words: 'fuse score-configs list',
    summary: 'List score configs',
    aliases: toAliases('score-configs', 'list'),
    load: () => import('./score-configs/commands/list.ts'),
  },
  {
    words: 'fuse score-configs get',
    summary: 'Show one score config as JSON, by id',
    aliases: toAliases('score-configs', 'get'),
    load: () => import('./score-configs/commands/get.ts'),
  },
  {
    words: 'fuse score-configs create',
    summary: 'Create a score config',
    aliases: toAliases('score-configs', 'create'),
    load: () => import('./score-configs/commands/create.ts'),
  },
  {
    words: 'fuse score-configs update',
    summary: 'Change fields of a score config',
    aliases: toAliases('score-configs', 'update'),
    load: () => import('./score-configs/commands/update.ts'),
  },
  {
    words: 'fuse score-configs archive',
    summary: 'Archive a score config, so that new scores cannot use it',
    aliases: toAliases('score-configs', 'archive'),
    load: () => import('./score-configs/commands/archive.ts'),
  },
  {
    words: 'fuse score-configs restore',
    summary: 'Bring an archived score config back',
    aliases: toAliases('score-configs', 'restore'),
    load: () => import('./score-configs/commands/restore.ts'),
  },
  {
    words: 'fuse score-configs show',
    summary: 'Show a score config and the values it accepts',
    aliases: toAliases('score-configs', 'show'),
    load: () => import('./score-configs/commands/show.ts'),
  },
  {
    words: 'fuse score-configs available',
    summary: 'List the score configs that can be applied',
    aliases: toAliases('score-configs', 'available'),
    load: () => import('./score-configs/commands/available.ts'),
  },
  {
    words: 'fuse score-configs apply',
    summary: 'Score a trace or a session by a score config',
    aliases: toAliases('score-configs', 'apply'),
    load: () => import('./score-configs/commands/apply.ts'),
  },
  {
    words: 'fuse score-configs export',
    summary: 'Write all score configs as JSON, to a file or stdout',
    aliases: toAliases('score-configs', 'export'),
    load: () => import('./score-configs/commands/export.ts'),
  },
  {
    words: 'fuse score-configs import',
    summary: 'Create score configs from a file',
    aliases: toAliases('score-configs', 'import'),
    load: () => import('./score-configs/commands/import.ts'),
  },
];

const presetCommands: readonly CommandEntry[] = [
  {
    words: 'fuse score-configs presets list',
    summary: 'List the ready-made score configs',
    aliases: toAliases('score-configs', 'presets list'),
    load: () => import('./score-configs/commands/presets-list.ts'),
  },
  {
    words: 'fuse score-configs presets show',
    summary: 'Show a ready-made score config',
    aliases: toAliases('score-configs', 'presets show'),
    load: () => import('./score-configs/commands/presets-show.ts'),
  },
  {
    words: 'fuse score-configs presets install',
    summary: 'Create ready-made score configs',
    aliases: toAliases('score-configs', 'presets install'),
    load: () => import('./score-configs/commands/presets-install.ts'),
  },
  {
    words: 'cache info',
    summary: 'Show the local cache of score configs',
    load: () => import('./score-configs/commands/cache-info.ts'),
  },
  {
    words: 'cache clear',
    summary: 'Empty the local cache of score configs',
    load: () => import('./score-configs/commands/cache-clear.ts'),
  },
];

/** Everything about scores and score configs. */
export const scoringCommands: readonly CommandEntry[] = [
  ...scoreCommands,
  ...configCommands,
  ...presetCommands,
];
