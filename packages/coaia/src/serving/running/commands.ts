/** Command lines of running. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const runningCommands: readonly CommandEntry[] = [
  {
    words: 'ops run',
    summary: 'Run a task of the project, such as up, test or call',
    forwards: ['up', 'down', 'ps', 'logs', 'test', 'call', 'bench', 'smoke'],
    load: () => import('./commands/run.ts'),
  },
  {
    words: 'ops up',
    summary: 'Start the service of the project',
    load: () => import('./commands/up.ts'),
  },
  {
    words: 'ops down',
    summary: 'Stop the service of the project',
    aliases: ['ops stop'],
    load: () => import('./commands/down.ts'),
  },
  {
    words: 'ops ps',
    summary: 'Show the processes of the service',
    load: () => import('./commands/ps.ts'),
  },
  {
    words: 'ops logs',
    summary: 'Show what the service wrote',
    load: () => import('./commands/logs.ts'),
  },
  {
    words: 'ops test',
    summary: 'Run the tests of the model',
    load: () => import('./commands/test.ts'),
  },
  {
    words: 'ops call',
    summary: 'Ask the running service for a prediction',
    load: () => import('./commands/call.ts'),
  },
  {
    words: 'ops smoke',
    summary: 'Predict every example once',
    load: () => import('./commands/smoke.ts'),
  },
  {
    words: 'ops bench',
    summary: 'Measure how fast the running service answers',
    load: () => import('./commands/bench.ts'),
  },
];
