/** Commands about the store itself. */
import type { CommandEntry } from '#surface';

export const dbCommands: readonly CommandEntry[] = [
  {
    words: 'db info',
    groupDefault: 'db',
    summary: 'Show where the store is, its size, schema and row counts',
    load: () => import('./info.ts'),
  },
  {
    words: 'db backup',
    summary: 'Copy the store to a file, also while a server writes',
    load: () => import('./backup.ts'),
  },
  {
    words: 'db restore',
    summary: 'Put a checked backup in the place of the store',
    load: () => import('./restore.ts'),
  },
  {
    words: 'db check',
    summary: 'Look for damage and for totals that do not fit',
    load: () => import('./check.ts'),
  },
  {
    words: 'db retention',
    summary: 'Delete what is older than its project keeps it',
    load: () => import('./retention.ts'),
  },
  {
    words: 'db migrate',
    summary: 'Bring the store to the schema of this program',
    load: () => import('./migrate.ts'),
  },
];
