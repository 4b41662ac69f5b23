/** The command lines about templates. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const templateCommands: readonly CommandEntry[] = [
  {
    words: 'pipeline list',
    summary: 'List pipeline templates',
    load: () => import('../authoring/commands/list.ts'),
  },
  {
    words: 'pipeline show',
    summary: 'Show a template: its variables and steps',
    load: () => import('../authoring/commands/show.ts'),
  },
  {
    words: 'pipeline create',
    summary: 'Record a trace after a template',
    load: () => import('../create/commands/create.ts'),
  },
  {
    words: 'pipeline init',
    summary: 'Write a template file, new or after another one',
    load: () => import('../authoring/commands/init.ts'),
  },
  {
    words: 'pipeline edit',
    summary: 'Edit a template in $EDITOR; it is checked before it is saved',
    load: () => import('../authoring/commands/edit.ts'),
  },
  {
    words: 'pipeline validate',
    summary: 'Find everything that is wrong with templates',
    load: () => import('../authoring/commands/validate.ts'),
  },
  {
    words: 'pipeline test',
    summary: 'Run the tests of a template',
    load: () => import('../authoring/commands/test.ts'),
  },
  {
    words: 'pipeline diff',
    summary: 'Show what differs between two templates',
    load: () => import('../authoring/commands/diff.ts'),
  },
  {
    words: 'pipeline versions',
    summary: 'List the versions of a template, wherever they lie',
    load: () => import('../authoring/commands/versions.ts'),
  },
  {
    words: 'pipeline bump',
    summary: 'Raise the version of a template',
    load: () => import('../authoring/commands/bump.ts'),
  },
  {
    words: 'pipeline history',
    summary: 'List what was saved of a template in the project',
    load: () => import('../authoring/commands/history.ts'),
  },
];
