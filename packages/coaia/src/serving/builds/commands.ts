/** Command lines of builds. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const buildCommands: readonly CommandEntry[] = [
  {
    words: 'ops build',
    summary: 'Make a bundle, images and manifests of the project',
    load: () => import('./commands/build.ts'),
  },
  {
    words: 'ops serve health',
    summary: 'Ask a service on this machine whether it is ready',
    hidden: true,
    load: () => import('./commands/health.ts'),
  },
];
