/** The command lines about sessions. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const sessionCommands: readonly CommandEntry[] = [
  {
    words: 'fuse sessions create',
    summary: 'Begin a session and its session file',
    aliases: ['sessions create'],
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'fuse sessions addnode',
    summary: 'Add a trace to a session and to its session file',
    aliases: ['fuse sessions add-node', 'sessions addnode', 'sessions add-node'],
    load: () => import('./commands/addnode.ts'),
  },
  {
    words: 'fuse sessions view',
    summary: 'Show the session file, or a session by its id',
    aliases: ['sessions view'],
    load: () => import('./commands/view.ts'),
  },
  {
    words: 'fuse sessions get',
    summary: 'Show a session with its traces as JSON',
    aliases: ['sessions get'],
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse sessions list',
    summary: 'List sessions, newest first',
    aliases: ['sessions list'],
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse sessions resume',
    summary: 'Print the variables of the last trace and observation of a session',
    aliases: ['sessions resume'],
    load: () => import('./commands/resume.ts'),
  },
];
