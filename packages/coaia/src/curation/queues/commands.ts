/** The command lines about annotation queues. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const queueCommands: readonly CommandEntry[] = [
  {
    words: 'queues list',
    summary: 'List annotation queues with how far they are',
    aliases: [
      'fuse queues list',
      'annotation-queues list',
      'fuse annotation-queues list',
      'queues',
      'annotation-queues',
    ],
    groupDefault: 'queues',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'queues create',
    summary: 'Make an annotation queue',
    aliases: ['fuse queues create', 'annotation-queues create', 'fuse annotation-queues create'],
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'queues show',
    summary: 'Show one queue: score configs, progress, people',
    aliases: ['fuse queues show', 'annotation-queues show', 'fuse annotation-queues show'],
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'queues items',
    summary: 'List the items of a queue',
    aliases: ['fuse queues items', 'annotation-queues items', 'fuse annotation-queues items'],
    load: () => import('./commands/items.ts'),
  },
  {
    words: 'queues add',
    summary: 'Put traces, observations or sessions into a queue',
    aliases: ['fuse queues add', 'annotation-queues add', 'fuse annotation-queues add'],
    load: () => import('./commands/add.ts'),
  },
  {
    words: 'queues complete',
    summary: 'Mark items as completed, or as pending again',
    aliases: [
      'fuse queues complete',
      'annotation-queues complete',
      'fuse annotation-queues complete',
    ],
    load: () => import('./commands/complete.ts'),
  },
  {
    words: 'queues remove',
    summary: 'Take items out of their queue',
    aliases: ['fuse queues remove', 'annotation-queues remove', 'fuse annotation-queues remove'],
    load: () => import('./commands/remove.ts'),
  },
  {
    words: 'queues assign',
    summary: 'Put users to work on a queue',
    aliases: ['fuse queues assign', 'annotation-queues assign', 'fuse annotation-queues assign'],
    load: () => import('./commands/assign.ts'),
  },
  {
    words: 'queues unassign',
    summary: 'Take users off a queue',
    aliases: [
      'fuse queues unassign',
      'annotation-queues unassign',
      'fuse annotation-queues unassign',
    ],
    load: () => import('./commands/unassign.ts'),
  },
];
