/** The command lines about annotation queues. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

type Load = CommandEntry['load'];

function toEntry(action: string, summary: string, load: Load): CommandEntry {
  const groups = ['fuse queues', 'annotation-queues', 'fuse annotation-queues'];
  return {
    words: `queues ${action}`,
    summary,
    aliases: groups.map((group) => `${group} ${action}`),
    load,
  };
}

const list = toEntry(
  'list',
  'List annotation queues with how far they are',
  async () => import('./commands/list.ts'),
);

export const queueCommands: readonly CommandEntry[] = [
  {
    ...list,
    aliases: [...(list.aliases ?? []), 'queues', 'annotation-queues'],
    groupDefault: 'queues',
  },
  toEntry('create', 'Make an annotation queue', () => import('./commands/create.ts')),
  toEntry(
    'show',
    'Show one queue: score configs, progress, people',
    () => import('./commands/show.ts'),
  ),
  toEntry('items', 'List the items of a queue', () => import('./commands/items.ts')),
  toEntry(
    'add',
    'Put traces, observations or sessions into a queue',
    () => import('./commands/add.ts'),
  ),
  toEntry(
    'complete',
    'Mark items as completed, or as pending again',
    () => import('./commands/complete.ts'),
  ),
  toEntry('remove', 'Take items out of their queue', () => import('./commands/remove.ts')),
  toEntry('assign', 'Put users to work on a queue', () => import('./commands/assign.ts')),
  toEntry('unassign', 'Take users off a queue', () => import('./commands/unassign.ts')),
];
