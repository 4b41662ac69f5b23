/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const modelCommands: readonly CommandEntry[] = [
  {
    words: 'models run',
    summary: 'Ask a model, and record the call as a trace',
    load: () => import('./playground/commands/run.ts'),
  },
  {
    words: 'models connections list',
    summary: 'List the connections to model servers',
    groupDefault: 'models connections list',
    load: () => import('./connections/commands/list.ts'),
  },
  {
    words: 'models connections set',
    summary: 'Connect to a model server, or change a connection',
    load: () => import('./connections/commands/set.ts'),
  },
  {
    words: 'models connections delete',
    summary: 'Delete a connection and its key',
    load: () => import('./connections/commands/delete.ts'),
  },
  {
    words: 'models connections test',
    summary: 'Call the server of a connection',
    load: () => import('./connections/commands/test.ts'),
  },
];
