/** `coaia migrate langfuse`: copies a project of another server into this store. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Column, Output } from '#surface';
import { migrationApi } from '../ports.ts';
import type { KindReport, MigrateReport } from '../transfers/transfer.ts';
import { toProgressPrinter } from './progress.ts';
import { sourceOptions, toSourceChoice } from './source-options.ts';

export const command = defineCommand({
  words: 'migrate langfuse',
  summary: 'Copy a project of a Langfuse or Coaia server into this store',
  description:
    'Reads through the public API and keeps ids, times, environments and costs. Running it again goes on where a ' +
    'run was cut off, and otherwise brings what is new; nothing is copied twice. Keys come from the environment or ' +
    'a file, never from the command line. Ends with 5 when something had no place here; the report says what and why.',
  needs: migrationApi,
  positionals: [],
  options: {
    ...sourceOptions,
    'dry-run': { type: 'boolean', summary: 'Read and count, write nothing' },
    restart: { type: 'boolean', summary: 'Begin anew although a run was cut off' },
  },
  examples: [
    'coaia migrate langfuse --from https://cloud.langfuse.com --dry-run',
    'coaia migrate langfuse --from https://langfuse.example.com --keys langfuse.env --only prompts,datasets,dataset-items',
  ],
  async run(context, { options }) {
    const { out, flags, signal } = context;
    const choice = toSourceChoice(context, options);
    const api = await context.open();
    const report = await api.migrate({
      ...choice,
      dryRun: options['dry-run'] === true,
      restart: options.restart === true,
      signal,
      onProgress: toProgressPrinter(out, 'read'),
    });
    if (flags.json) out.json(report);
    else printReport(out, report);
    return report.gaps.length === 0 ? EXIT.done : EXIT.partial;
  },
});

const COLUMNS: readonly Column<KindReport>[] = [
  { header: 'Kind', value: ({ kind }) => kind },
  { header: 'Read', value: ({ read }) => String(read), align: 'right' },
  { header: 'Copied', value: ({ written }) => String(written), align: 'right' },
  { header: 'Not copied', value: ({ gaps }) => String(gaps), align: 'right' },
];

const DRY_COLUMNS = COLUMNS.slice(0, 2);

/** Reasons that are printed; `--json` has all. */
const MOST = 50;

function printReport(out: Output, report: MigrateReport): void {
  out.table('kinds', report.kinds, report.dryRun ? DRY_COLUMNS : COLUMNS);
  for (const { kind, note } of report.kinds) if (note !== undefined) out.line(`${kind}: ${note}.`);
  for (const { kind, id, reason } of report.gaps.slice(0, MOST))
    out.line(`Not copied: ${kind} ${id}: ${reason}.`);
  const more = report.gaps.length - MOST;
  if (more > 0) out.line(`... and ${more} more; --json lists all.`);
}
