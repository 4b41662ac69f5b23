/** The commands that start, find and stop the server. */
import type { CommandEntry } from '#surface';

export const serverCommands: readonly CommandEntry[] = [
  {
    words: 'up',
    summary: 'Start the server and the web page on this machine',
    load: () => import('./up.ts'),
  },
  {
    words: 'down',
    summary: 'Stop the server',
    load: () => import('./down.ts'),
  },
  {
    words: 'status',
    summary: 'Show whether the server runs, and where',
    load: () => import('./status.ts'),
  },
  {
    words: 'open',
    summary: 'Open the page in the browser, signed in',
    load: () => import('./open.ts'),
  },
];
