/** `coaia pipeline actions`: what steps can do. */
import { defineCommand, listOptions } from '#surface';
import type { ActionEntry, Column } from '#surface';
import { actionsNeed } from '../ports.ts';

type Row = Pick<ActionEntry, 'name' | 'summary' | 'permission'>;

const columns: readonly Column<Row>[] = [
  { header: 'Action', value: ({ name }) => name },
  { header: 'Needs', value: ({ permission }) => permission ?? '' },
  { header: 'What it does', value: ({ summary }) => summary },
];

export const command = defineCommand({
  words: 'pipeline actions',
  summary: 'List what a step of a pipeline can do',
  description:
    '`action:` in a step names one of these. Needs: what the project has to allow first.',
  needs: actionsNeed,
  positionals: [],
  options: listOptions,
  examples: ['coaia pipeline actions'],
  async run({ open, out }, { options }) {
    const rows = (await open()).map(({ name, summary, permission }) => ({
      name,
      summary,
      ...(permission === undefined ? {} : { permission }),
    }));
    out.list({ things: 'actions', rows, columns }, options);
  },
});
