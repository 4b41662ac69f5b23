/** Command lines of datasets and their items; importing this loads none of them. */
import type { CommandEntry } from '#surface';

export const datasetCommands: readonly CommandEntry[] = [
  {
    words: 'fuse datasets list',
    summary: 'List datasets, newest first',
    aliases: ['datasets list', 'datasets'],
    groupDefault: 'datasets',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'fuse datasets get',
    summary: 'Show a dataset with its items, or write it as a training file',
    aliases: ['datasets get'],
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'fuse datasets create',
    summary: 'Create a dataset, or change the one with this name',
    aliases: ['datasets create'],
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'fuse datasets delete',
    summary: 'Delete a dataset with its items and runs, or one run',
    aliases: ['datasets delete'],
    load: () => import('./commands/delete.ts'),
  },
  {
    words: 'fuse datasets runs',
    summary: 'List the runs over a dataset, or the links of one run',
    aliases: ['datasets runs'],
    load: () => import('./commands/runs.ts'),
  },
  {
    words: 'fuse datasets import',
    summary: 'Import items from JSON lines or CSV',
    aliases: ['datasets import'],
    load: () => import('./commands/import.ts'),
  },
  {
    words: 'fuse datasets export',
    summary: 'Write the items of a dataset as JSON lines, or as a training file',
    aliases: ['datasets export'],
    load: () => import('./commands/export.ts'),
  },
  {
    words: 'fuse dataset-items list',
    summary: 'List the items of a dataset, newest first',
    aliases: ['dataset-items list', 'fuse datasets items', 'datasets items'],
    load: () => import('../dataset-items/commands/list.ts'),
  },
  {
    words: 'fuse dataset-items get',
    summary: 'Show one item',
    aliases: ['dataset-items get'],
    load: () => import('../dataset-items/commands/get.ts'),
  },
  {
    words: 'fuse dataset-items create',
    summary: 'Add an item to a dataset',
    aliases: ['dataset-items create', 'fuse datasets add', 'datasets add'],
    load: () => import('../dataset-items/commands/create.ts'),
  },
  {
    words: 'fuse dataset-items update',
    summary: 'Change one item; what is not given stays',
    aliases: ['dataset-items update'],
    load: () => import('../dataset-items/commands/update.ts'),
  },
  {
    words: 'fuse dataset-items delete',
    summary: 'Delete items and their links to runs',
    aliases: ['dataset-items delete'],
    load: () => import('../dataset-items/commands/delete.ts'),
  },
];
