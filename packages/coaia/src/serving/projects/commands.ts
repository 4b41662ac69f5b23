/** Command lines of projects. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const projectCommands: readonly CommandEntry[] = [
  {
    words: 'ops init',
    summary: 'Make a project, best from a fitted model',
    load: () => import('./commands/init.ts'),
  },
  {
    words: 'ops config',
    summary: 'Show the settings of the project',
    load: () => import('./commands/config.ts'),
  },
  {
    words: 'ops trust',
    summary: 'Allow a fitted model to be opened on this computer',
    load: () => import('./commands/trust.ts'),
  },
  {
    words: 'ops convert',
    summary: 'Write a fitted model of scikit-learn in another form',
    load: () => import('./commands/convert.ts'),
  },
  {
    words: 'ops env',
    summary: 'Show or lock what runs the models: Python or R, and its packages',
    load: () => import('./commands/env.ts'),
  },
];
