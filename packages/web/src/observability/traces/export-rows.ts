import { writeFile } from '../../lib/write-file.ts';
import { addToast } from '../../lib/toasts.ts';
import { words } from '../messages.ts';
import { toCsv } from './csv.ts';
import type { TraceRow } from './trace-row.ts';

const fields = [
  'id',
  'timestamp',
  'name',
  'userId',
  'sessionId',
  'environment',
  'release',
  'version',
  'tags',
  'level',
  'observationCount',
  'errorCount',
  'latencyMs',
  'totalCost',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'inputPreview',
  'outputPreview',
  'scores',
  'running',
  'sample',
] as const satisfies readonly (keyof TraceRow)[];

/** The forms a list can be saved in. */
export type ExportForm = 'json' | 'csv';

/** Rows as one file's text. */
export function toExportText(form: ExportForm, rows: readonly TraceRow[]): string {
  if (form === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  return toCsv(
    fields,
    rows.map((row) => fields.map((field) => row[field])),
  );
}

/** Reads the rows and saves them; says how far it is and how it ended. */
export async function writeExport(
  form: ExportForm,
  read: (onPage: (count: number) => void) => Promise<readonly TraceRow[]>,
): Promise<void> {
  try {
    const rows = await read((count) =>
      addToast({ text: words.list.exporting(count), duration: 60_000 }),
    );
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
    writeFile(
      `traces-${stamp}.${form}`,
      form === 'json' ? 'application/json' : 'text/csv',
      toExportText(form, rows),
    );
    addToast({ text: words.list.exported(rows.length) });
  } catch {
    addToast({ text: words.list.exportFailed, tone: 'error' });
  }
}
