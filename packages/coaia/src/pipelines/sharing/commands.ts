/** Command lines of sharing. */
import type { CommandEntry } from '#surface';

export const sharingCommands: readonly CommandEntry[] = [
  {
    words: 'pipeline pack',
    summary: 'Write a template, with what it extends, into one signed file',
    load: () => import('./commands/pack.ts'),
  },
  {
    words: 'pipeline install',
    summary: 'Install templates from a file, folder, git repository, address or remote',
    load: () => import('./commands/install.ts'),
  },
  {
    words: 'pipeline publish',
    summary: 'Publish a template to a remote',
    load: () => import('./commands/publish.ts'),
  },
  {
    words: 'pipeline search',
    summary: 'Find templates in the remotes',
    load: () => import('./commands/search.ts'),
  },
  {
    words: 'pipeline verify',
    summary: 'Check installed templates against templates.lock, or a pack against its signature',
    load: () => import('./commands/verify.ts'),
  },
  {
    words: 'pipeline remote list',
    summary: 'List the remotes',
    groupDefault: 'pipeline remote',
    load: () => import('./commands/remote-list.ts'),
  },
  {
    words: 'pipeline remote add',
    summary: 'Give a Coaia server, or a folder with packs, a name',
    load: () => import('./commands/remote-add.ts'),
  },
  {
    words: 'pipeline remote remove',
    summary: 'Forget a remote; what was installed from it stays',
    load: () => import('./commands/remote-remove.ts'),
  },
];
