/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const audioCommands: readonly CommandEntry[] = [
  {
    words: 'transcribe',
    summary: 'Turn recordings into text or subtitles',
    aliases: ['t'],
    load: () => import('./commands/transcribe.ts'),
  },
  {
    words: 'speak',
    summary: 'Turn a text into speech',
    aliases: ['synthesize'],
    load: () => import('./commands/speak.ts'),
  },
  {
    words: 'tag',
    summary: 'Show or write the tags of an audio file',
    load: () => import('./commands/tag.ts'),
  },
];
