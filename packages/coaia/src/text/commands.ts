/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const textCommands: readonly CommandEntry[] = [
  {
    words: 'summarize',
    summary: 'Summarize a text of any length',
    aliases: ['s'],
    load: () => import('./commands/summarize.ts'),
  },
  {
    words: 'p',
    summary: 'Let a model work on a text as a tag says',
    load: () => import('./commands/process.ts'),
  },
  {
    words: 'llm',
    summary: 'Ask the model of your settings',
    load: () => import('./commands/llm.ts'),
  },
];
