/** The command lines about dashboards. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const dashboardCommands: readonly CommandEntry[] = [
  {
    words: 'dashboards list',
    summary: 'List dashboards, the last changed first',
    aliases: ['dashboards'],
    groupDefault: 'dashboards',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'dashboards add',
    summary: 'Add a dashboard that comes with the program',
    load: () => import('./commands/add.ts'),
  },
  {
    words: 'dashboards export',
    summary: 'Write a dashboard as a file',
    load: () => import('./commands/export.ts'),
  },
  {
    words: 'dashboards import',
    summary: 'Make the dashboard of a file',
    load: () => import('./commands/import.ts'),
  },
  {
    words: 'dashboards delete',
    summary: 'Delete a dashboard; its widgets stay',
    load: () => import('./commands/delete.ts'),
  },
];
