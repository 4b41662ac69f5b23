/** `coaia diff langfuse`: compares a project of another server with this store. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Column, Output } from '#surface';
import { migrationApi } from '../ports.ts';
import type { Comparison, KindComparison } from '../transfers/transfer.ts';
import { toProgressPrinter } from './progress.ts';
import { sourceOptions, toSourceChoice } from './source-options.ts';

export const command = defineCommand({
  words: 'diff langfuse',
  summary: 'Compare a project of a Langfuse or Coaia server with this store',
  description:
    'Reads both sides through the same API and compares counts and contents kind by kind. Ends with 0 when they ' +
    'are equal and with 1 when they differ. Changes nothing.',
  needs: migrationApi,
  positionals: [],
  options: sourceOptions,
  examples: ['coaia diff langfuse --from https://langfuse.example.com --keys langfuse.env'],
  async run(context, { options }) {
    const { out, flags, signal } = context;
    const choice = toSourceChoice(context, options);
    const api = await context.open();
    const onProgress = toProgressPrinter(out, 'compared');
    const comparison = await api.compare({ ...choice, signal, onProgress });
    if (flags.json) out.json(comparison);
    else printComparison(out, comparison);
    return comparison.isEqual ? EXIT.done : EXIT.failed;
  },
});

const toCount = (list: readonly unknown[]) => String(list.length);

const COLUMNS: readonly Column<KindComparison>[] = [
  { header: 'Kind', value: ({ kind }) => kind },
  { header: 'There', value: ({ there }) => String(there), align: 'right' },
  { header: 'Here', value: ({ here }) => String(here), align: 'right' },
  { header: 'Only there', value: ({ missing }) => toCount(missing), align: 'right' },
  { header: 'Only here', value: ({ extra }) => toCount(extra), align: 'right' },
  { header: 'Different', value: ({ different }) => toCount(different), align: 'right' },
];

/** Records of one kind that are named; `--json` has all. */
const MOST = 20;

function printComparison(out: Output, { kinds, isEqual }: Comparison): void {
  out.table('kinds', kinds, COLUMNS);
  for (const kind of kinds) {
    if (kind.note !== undefined) out.line(`${kind.kind}: ${kind.note}.`);
    printSome(out, `${kind.kind}, only there:`, kind.missing);
    printSome(out, `${kind.kind}, only here:`, kind.extra);
    const lines = kind.different.map(({ id, fields }) => `${id} (${fields.join(', ')})`);
    printSome(out, `${kind.kind}, different:`, lines);
  }
  out.line(isEqual ? 'Both sides are equal.' : 'The sides differ.');
}

function printSome(out: Output, title: string, lines: readonly string[]): void {
  for (const line of lines.slice(0, MOST)) out.line(`${title} ${line}`);
  if (lines.length > MOST) out.line(`${title} ... and ${lines.length - MOST} more`);
}
