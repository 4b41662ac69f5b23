/** The command lines about media. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const mediaCommands: readonly CommandEntry[] = [
  {
    words: 'fuse media upload',
    summary: 'Upload files and refer to them in a trace or observation',
    aliases: ['media upload'],
    load: () => import('./commands/upload.ts'),
  },
  {
    words: 'fuse media attach-url',
    summary: 'Load a file from the web and refer to it in a trace or observation',
    aliases: ['media attach-url'],
    load: () => import('./commands/attach-url.ts'),
  },
  {
    words: 'fuse media get',
    summary: 'Show the record of a file and an address to load it from',
    aliases: ['media get'],
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse media download',
    summary: 'Load the bytes of a file',
    aliases: ['media download'],
    load: () => import('./commands/download.ts'),
  },
  {
    words: 'fuse media list',
    summary: 'List files and the traces, observations and dataset items they stand in',
    aliases: ['media list'],
    load: () => import('./commands/list.ts'),
  },
];
