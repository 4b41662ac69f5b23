/** Command lines of the processes that serve. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const processCommands: readonly CommandEntry[] = [
  {
    words: 'ops serve gateway',
    summary: 'Answer over REST in the foreground',
    hidden: true,
    load: () => import('./commands/gateway.ts'),
  },
  {
    words: 'ops serve host',
    summary: 'Serve the models of a project over gRPC in the foreground',
    hidden: true,
    load: () => import('./commands/host.ts'),
  },
];
