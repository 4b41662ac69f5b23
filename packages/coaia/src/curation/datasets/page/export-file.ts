/** A dataset as a file for the browser: the same lines that `datasets export` writes, or CSV. */
import { renderCsvRow, type Scope } from '#base';
import type { DatasetItem } from '@coaia/client';
import { listDatasetItems } from '../../dataset-items/dataset-items.ts';
import type { CurationPorts } from '../../ports.ts';
import { requireDataset } from '../datasets.ts';
import { toExamples } from '../training/examples.ts';
import { FORMATS, toFormat } from '../training/formats.ts';

/** Forms a dataset can be saved in. */
export const FILE_FORMATS = ['jsonl', 'csv', ...FORMATS] as const;

export interface FileQuery {
  readonly name: string;
  readonly format: (typeof FILE_FORMATS)[number];
  /** Epoch milliseconds. */
  readonly version?: number | undefined;
  readonly system?: string | undefined;
}

/** The file as an answer; counts of what training files leave out are in a header. Fails with COAIA-0003. */
export async function renderDatasetFile(
  ports: CurationPorts,
  scope: Scope,
  { name, format, version, system }: FileQuery,
): Promise<Response> {
  await requireDataset(ports.db, scope.projectId, name);
  const isTraining = format !== 'jsonl' && format !== 'csv';
  const items = await readAllItems(ports, scope, { name, version, archived: !isTraining });
  const lines: string[] = [];
  let skipped = 0;
  if (format === 'csv') lines.push(...toCsvLines(items));
  else if (format === 'jsonl') lines.push(...items.map((item) => JSON.stringify(item)));
  else {
    const examples = toExamples(items, { system, dedupe: false });
    skipped = [...examples.skipped.values()].reduce((sum, count) => sum + count, 0);
    lines.push(...examples.examples.map((example) => JSON.stringify(toFormat(example, format))));
  }
  const file = `${name.replaceAll(/[^\w.-]+/g, '-')}.${format === 'csv' ? 'csv' : isTraining ? `${format}.jsonl` : 'jsonl'}`;
  return new Response(lines.map((line) => `${line}${format === 'csv' ? '\r\n' : '\n'}`).join(''), {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl',
      'content-disposition': `attachment; filename="${file}"`,
      'x-coaia-lines': String(format === 'csv' ? lines.length - 1 : lines.length),
      'x-coaia-left-out': String(skipped),
    },
  });
}

/** Every item, oldest first, so that an import makes them in the same order. */
async function readAllItems(
  ports: CurationPorts,
  scope: Scope,
  {
    name,
    version,
    archived,
  }: { readonly name: string; readonly version: number | undefined; readonly archived: boolean },
): Promise<readonly DatasetItem[]> {
  const items: DatasetItem[] = [];
  for (let page = 1; ; page++) {
    const query = { page, limit: 500, datasetName: name, version, includeArchived: archived };
    const { data, meta } = await listDatasetItems(ports, scope, query);
    items.push(...data);
    if (data.length === 0 || page >= meta.totalPages) return items.toReversed();
  }
}

const COLUMNS = [
  'id',
  'input',
  'expectedOutput',
  'metadata',
  'status',
  'sourceTraceId',
  'sourceObservationId',
] as const;

/** Cells hold texts as they are and everything else as JSON; what a spreadsheet would run is escaped. */
function toCsvLines(items: readonly DatasetItem[]): readonly string[] {
  const rows = items.map((item) =>
    renderCsvRow(
      COLUMNS.map((column) => {
        const value = item[column];
        // OWASP, CSV injection.
        return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
      }),
    ),
  );
  return [COLUMNS.join(','), ...rows];
}
