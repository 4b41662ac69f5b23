/** The commands of schedules. */
import type { CommandEntry } from '#surface';

export const scheduleCommands: readonly CommandEntry[] = [
  {
    words: 'schedule add',
    summary: 'Start a pipeline by the clock',
    aliases: ['schedule create'],
    load: () => import('./commands/add.ts'),
  },
  {
    words: 'schedule list',
    summary: 'List the schedules of pipelines',
    aliases: ['schedules'],
    groupDefault: 'schedule',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'schedule show',
    summary: 'Show a schedule',
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'schedule pause',
    summary: 'Start nothing until the schedule is resumed',
    load: () => import('./commands/pause.ts'),
  },
  {
    words: 'schedule resume',
    summary: 'Go on with the next due time of a paused schedule',
    load: () => import('./commands/resume.ts'),
  },
  {
    words: 'schedule run-now',
    summary: 'Start a run of a schedule at once',
    load: () => import('./commands/run-now.ts'),
  },
  {
    words: 'schedule remove',
    summary: 'Delete a schedule; its runs stay',
    aliases: ['schedule delete'],
    load: () => import('./commands/remove.ts'),
  },
  {
    words: 'schedule history',
    summary: 'List the times at which a schedule was due, newest first',
    load: () => import('./commands/history.ts'),
  },
];
