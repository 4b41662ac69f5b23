/** Command lines of experiments; importing this loads none of them. */
import type { CommandEntry } from '#surface';

export const experimentCommands: readonly CommandEntry[] = [
  {
    words: 'fuse experiments list',
    summary: 'List runs with their score means, cost and latency',
    aliases: ['experiments list', 'experiments'],
    groupDefault: 'experiments',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse experiments show',
    summary: 'Show what one run scored, cost and took',
    aliases: ['experiments show'],
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'fuse experiments compare',
    summary: 'Compare runs with a baseline, with intervals of the differences',
    aliases: ['experiments compare'],
    load: () => import('./commands/compare.ts'),
  },
  {
    words: 'fuse experiments gate',
    summary: 'Pass or fail a run against a baseline, for CI: exit 1 when it fails',
    aliases: ['experiments gate'],
    load: () => import('./commands/gate.ts'),
  },
];
