/** `coaia spool list`: recordings that wait for a server that is away. */
import { basename } from 'node:path';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { findDestination } from '../destination.ts';
import { listSpool } from '../spool.ts';
import type { SpoolFile } from '../spool.ts';

export const command = defineCommand({
  words: 'spool list',
  summary: 'List recordings that wait to be delivered',
  positionals: [],
  options: listOptions,
  examples: ['coaia spool list'],
  async run(context, { options }) {
    const { spool } = await findDestination(context);
    const files = spool === undefined ? [] : listSpool(spool);
    const rows = files.map(({ path, header, events }) => ({
      path,
      ...header,
      events: events.length,
    }));
    context.out.list({ things: 'recordings', rows, columns: COLUMNS }, options);
  },
});

type Recording = Pick<SpoolFile, 'path'> & SpoolFile['header'] & { readonly events: number };

const COLUMNS: readonly Column<Recording>[] = [
  { header: 'Recorded', value: ({ at }) => at.slice(0, 19) },
  { header: 'Name', value: ({ name }) => name },
  { header: 'Events', value: ({ events }) => String(events), align: 'right' },
  { header: 'For', value: ({ destination }) => destination },
  { header: 'File', value: ({ path }) => basename(path), drop: 1 },
];
