/** The noun's command lines. */
import type { CommandEntry } from '#surface';

const entry = (
  action: string,
  summary: string,
  load: CommandEntry['load'],
  more: Partial<CommandEntry> = {},
): CommandEntry => ({
  words: `fuse finetune ${action}`,
  aliases: [`finetune ${action}`],
  summary,
  load,
  ...more,
});

export const fineTuningCommands: readonly CommandEntry[] = [
  entry('list', 'List fine-tuning jobs', () => import('./commands/list.ts'), {
    groupDefault: 'fuse finetune list',
  }),
  entry('create', 'Train a model on a file or a dataset', () => import('./commands/create.ts')),
  entry(
    'status',
    'Show a job, as its service says it is now',
    () => import('./commands/status.ts'),
  ),
  entry('cancel', 'End a job that is at work', () => import('./commands/cancel.ts')),
  entry('events', 'Show what the service said of a job', () => import('./commands/events.ts')),
  entry('artifacts', 'Show what came out of a job', () => import('./commands/artifacts.ts')),
  entry('promote', 'Use the trained model from now on', () => import('./commands/promote.ts')),
];
