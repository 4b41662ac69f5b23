/** Items made of traces: input and, when asked, output as what is expected. */
import { fromStored, notFound, type Scope } from '#base';
import type { DatasetImportReport, DatasetItemInput } from '@coaia/client';
import { readContents } from '../../experiments/details.ts';
import type { CurationPorts } from '../../ports.ts';
import { importDatasetItems } from './import-items.ts';

/** Which traces, and what of them. */
export interface TraceImport {
  readonly datasetName: string;
  readonly traceIds: readonly string[];
  /** The observation instead of the trace itself; then there is one trace. */
  readonly observationId?: string | undefined;
  /** Take the output as the expected output. */
  readonly withOutput: boolean;
  readonly create: boolean;
}

/** Report of items from traces: those that the dataset has already are `unchanged`. */
export async function addTraceItems(
  ports: CurationPorts,
  scope: Scope,
  { datasetName, traceIds, observationId, withOutput, create }: TraceImport,
): Promise<DatasetImportReport> {
  const { db } = ports;
  const { projectId } = scope;
  const [table, ids] =
    observationId === undefined
      ? (['traces', [...new Set(traceIds)]] as const)
      : (['observations', [observationId]] as const);
  const contents = await readContents(db, projectId, table, ids);
  const missing = ids.find((id) => !contents.has(id));
  if (missing !== undefined)
    throw notFound(table === 'traces' ? 'Trace' : 'Observation', missing, 'coaia fuse traces list');
  const known = await readKnownSources(ports, projectId, datasetName, traceIds);
  const items = ids.flatMap((id): Omit<DatasetItemInput, 'datasetName'>[] => {
    const sourceTraceId = observationId === undefined ? id : traceIds[0];
    if (known.has(`${sourceTraceId} ${observationId ?? ''}`)) return [];
    const content = contents.get(id);
    return [
      {
        input: fromStored(content?.input ?? null),
        expectedOutput: withOutput ? fromStored(content?.output ?? null) : null,
        sourceTraceId,
        sourceObservationId: observationId ?? null,
      },
    ];
  });
  const report = await importDatasetItems(ports, scope, { datasetName, items, create });
  const skipped = ids.length - items.length;
  return { ...report, total: ids.length, unchanged: report.unchanged + skipped };
}

/** Sources of the current items of the dataset, as `trace observation`. */
async function readKnownSources(
  { db }: CurationPorts,
  projectId: string,
  datasetName: string,
  traceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.read<{ readonly trace_id: string; readonly observation_id: string | null }>(
    `SELECT i.source_trace_id AS trace_id, i.source_observation_id AS observation_id
     FROM dataset_items i JOIN datasets d ON d.project_id = i.project_id AND d.id = i.dataset_id
     WHERE i.project_id = ? AND d.name = ? AND i.valid_to IS NULL
       AND ${db.dialect.inList('i.source_trace_id')}`,
    [projectId, datasetName, JSON.stringify(traceIds)],
  );
  return new Set(rows.map((row) => `${row.trace_id} ${row.observation_id ?? ''}`));
}
