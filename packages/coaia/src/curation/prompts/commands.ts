/** The command lines of prompts. Cheap to import: modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const promptCommands: readonly CommandEntry[] = [
  {
    words: 'run',
    summary: 'Ask a model with a stored prompt, and record the call as a trace',
    aliases: ['prompts run', 'fuse prompts run'],
    load: () => import('./commands/run.ts'),
  },
  {
    words: 'fuse prompts list',
    summary: 'List prompts',
    aliases: ['prompts list', 'prompts'],
    groupDefault: 'prompts',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse prompts get',
    summary: 'Show a prompt',
    aliases: ['prompts get', 'prompts show', 'fuse prompts show'],
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse prompts create',
    summary: 'Add a version to a prompt; prints it as JSON',
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'prompts create',
    summary: 'Add a version to a prompt',
    load: () => import('./commands/create-line.ts'),
  },
  {
    words: 'fuse prompts edit',
    summary: 'Edit a prompt in your editor and save it as a new version',
    aliases: ['prompts edit'],
    load: () => import('./commands/edit.ts'),
  },
  {
    words: 'fuse prompts diff',
    summary: 'Show what differs between two versions',
    aliases: ['prompts diff'],
    load: () => import('./commands/diff.ts'),
  },
  {
    words: 'fuse prompts versions',
    summary: 'List the versions of a prompt, newest first',
    aliases: ['prompts versions'],
    load: () => import('./commands/versions.ts'),
  },
  {
    words: 'fuse prompts label',
    summary: 'Put labels on a version',
    aliases: ['fuse prompts label set', 'prompts label', 'prompts label set'],
    load: () => import('./commands/label.ts'),
  },
  {
    words: 'fuse prompts protect',
    summary: 'List, add or remove protected labels',
    aliases: ['prompts protect'],
    load: () => import('./commands/protect.ts'),
  },
  {
    words: 'fuse prompts delete',
    summary: 'Delete a version of a prompt, or all of it',
    aliases: ['prompts delete'],
    load: () => import('./commands/delete.ts'),
  },
  {
    words: 'fuse prompts sync',
    summary: 'Make versions from files, or write the newest versions to files',
    aliases: ['prompts sync'],
    load: () => import('./commands/sync.ts'),
  },
];
