/** The noun's command lines. */
import type { CommandEntry } from '#surface';

export const fineTuningCommands: readonly CommandEntry[] = [
  {
    words: 'fuse finetune list',
    summary: 'List fine-tuning jobs',
    aliases: ['finetune list'],
    groupDefault: 'fuse finetune list',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse finetune create',
    summary: 'Train a model on a file or a dataset',
    aliases: ['finetune create'],
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'fuse finetune status',
    summary: 'Show a job, as its service says it is now',
    aliases: ['finetune status'],
    load: () => import('./commands/status.ts'),
  },
  {
    words: 'fuse finetune cancel',
    summary: 'End a job that is at work',
    aliases: ['finetune cancel'],
    load: () => import('./commands/cancel.ts'),
  },
  {
    words: 'fuse finetune events',
    summary: 'Show what the service said of a job',
    aliases: ['finetune events'],
    load: () => import('./commands/events.ts'),
  },
  {
    words: 'fuse finetune artifacts',
    summary: 'Show what came out of a job',
    aliases: ['finetune artifacts'],
    load: () => import('./commands/artifacts.ts'),
  },
  {
    words: 'fuse finetune promote',
    summary: 'Use the trained model from now on',
    aliases: ['finetune promote'],
    load: () => import('./commands/promote.ts'),
  },
];
