/** `coaia spool list`: recordings that wait for a server that is away. */
import { basename } from 'node:path';
import { defineCommand } from '#surface';
import type { Column } from '#surface';
import { findDestination } from '../destination.ts';
import { listSpool } from '../spool.ts';
import type { SpoolFile } from '../spool.ts';

export const command = defineCommand({
  words: 'spool list',
  summary: 'List recordings that wait to be delivered',
  positionals: [],
  options: {},
  examples: ['coaia spool list'],
  async run(context) {
    const { spool } = await findDestination(context);
    const files = spool === undefined ? [] : listSpool(spool);
    if (context.flags.json) {
      context.out.json(
        files.map(({ path, header, events }) => ({ path, ...header, events: events.length })),
      );
      return;
    }
    context.out.table('recordings', files, COLUMNS);
  },
});

const COLUMNS: readonly Column<SpoolFile>[] = [
  { header: 'Recorded', value: ({ header }) => header.at.slice(0, 19) },
  { header: 'Name', value: ({ header }) => header.name },
  { header: 'Events', value: ({ events }) => String(events.length), align: 'right' },
  { header: 'For', value: ({ header }) => header.destination },
  { header: 'File', value: ({ path }) => basename(path), drop: 1 },
];
