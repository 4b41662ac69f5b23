/** Datasets, their items, runs over them and experiments: what crosses the wire, and the calls. */
import type { Media } from './media-api.ts';
import type { CallOptions, CoaiaClient } from './client.ts';
import type { CursorPaged, JsonValue, Paged, TraceDetail } from './wire.ts';

export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly metadata: JsonValue;
  /** JSON Schema of inputs, or null. */
  readonly inputSchema: JsonValue;
  readonly expectedOutputSchema: JsonValue;
  readonly projectId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Coaia: number of active items; absent on other servers. */
  readonly itemCount?: number;
}

/** Upserted by name. Absent members of an existing dataset stay, null clears. */
export interface DatasetInput {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly metadata?: JsonValue;
  readonly inputSchema?: JsonValue;
  readonly expectedOutputSchema?: JsonValue;
}

export type DatasetItemStatus = 'ACTIVE' | 'ARCHIVED';

/** A media reference in a field of an item, and its file. */
export interface DatasetItemMediaReference {
  readonly field: 'input' | 'expectedOutput' | 'metadata';
  /** `@@@langfuseMedia:type=<mime>|id=<id>|source=<source>@@@` */
  readonly referenceString: string;
  /** Of the string that holds it, within the field: `$['images'][0]`. */
  readonly jsonPath: string;
  readonly media: Omit<Media, 'uploadedAt'>;
}

export interface DatasetItem {
  readonly id: string;
  readonly status: DatasetItemStatus;
  readonly input: JsonValue;
  readonly expectedOutput: JsonValue;
  readonly metadata: JsonValue;
  readonly sourceTraceId: string | null;
  readonly sourceObservationId: string | null;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly createdAt: string;
  /** When this version of the item began. */
  readonly updatedAt: string;
  /** Files that its fields refer to, as far as the project has them. */
  readonly mediaReferences: readonly DatasetItemMediaReference[];
}

/** Upserted by id. Absent members of an existing item stay, null clears. */
export interface DatasetItemInput {
  readonly datasetName: string;
  readonly id?: string | null | undefined;
  readonly input?: JsonValue;
  readonly expectedOutput?: JsonValue;
  readonly metadata?: JsonValue;
  readonly sourceTraceId?: string | null | undefined;
  readonly sourceObservationId?: string | null | undefined;
  readonly status?: DatasetItemStatus | null | undefined;
}

export interface DatasetRun {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly metadata: JsonValue;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DatasetRunItem {
  readonly id: string;
  readonly datasetRunId: string;
  readonly datasetRunName: string;
  readonly datasetItemId: string;
  readonly traceId: string;
  readonly observationId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DatasetRunWithItems extends DatasetRun {
  readonly datasetRunItems: readonly DatasetRunItem[];
}

/** A run is born with its first item; description is replaced, metadata merged. */
export interface DatasetRunItemInput {
  readonly runName: string;
  readonly datasetItemId: string;
  readonly traceId?: string | null | undefined;
  readonly observationId?: string | null | undefined;
  readonly runDescription?: string | null | undefined;
  readonly metadata?: JsonValue;
  readonly datasetVersion?: string | null | undefined;
  readonly createdAt?: string | null | undefined;
}

export interface PageQuery {
  readonly page?: number;
  readonly limit?: number;
}

export interface DatasetItemQuery extends PageQuery {
  readonly datasetName?: string;
  readonly sourceTraceId?: string;
  readonly sourceObservationId?: string;
  /** ISO 8601; the dataset as it was then. Needs datasetName. */
  readonly version?: string;
  /** Coaia: archived items too. */
  readonly includeArchived?: boolean;
}

/** One experiment: a dataset run, or spans with `langfuse.experiment.*` attributes, or both. */
export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly startTime: string;
  readonly endTime: string;
  readonly itemCount: number;
  readonly datasetId: string | null;
  readonly metadata?: JsonValue;
  readonly scores?: readonly JsonValue[];
}

export type ExperimentItem = Readonly<Record<string, JsonValue>> & {
  readonly id: string;
  readonly traceId: string;
  readonly experimentId: string;
  readonly experimentItemId: string;
};

export interface ExperimentQuery {
  readonly fromStartTime: string;
  readonly toStartTime?: string;
  readonly fields?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly id?: string;
  readonly name?: string;
  readonly datasetId?: string;
}

/** Coaia: a dataset as the list of the page shows it. */
export interface DatasetLine extends Dataset {
  readonly itemCount: number;
  readonly archivedCount: number;
  readonly runCount: number;
  /** When an item changed last; null without items. */
  readonly lastChange: string | null;
  /** When a run was linked last; null without runs. */
  readonly lastRun: string | null;
}

/** Coaia: a moment at which items of a dataset changed. */
export interface DatasetChange {
  /** Give it as `version` to see the dataset from then on. */
  readonly at: string;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/** Coaia: an item that two versions of a dataset have differently. */
export interface DatasetItemDiff {
  readonly id: string;
  readonly kind: 'added' | 'changed' | 'deleted';
  readonly before: DatasetItem | null;
  readonly after: DatasetItem | null;
}

export interface DatasetDiff {
  readonly from: string;
  /** Null: now. */
  readonly to: string | null;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly unchanged: number;
  /** The first 500. */
  readonly items: readonly DatasetItemDiff[];
}

/** Coaia: items to store all together or not at all. */
export interface DatasetImport {
  readonly datasetName: string;
  readonly items: readonly Omit<DatasetItemInput, 'datasetName'>[];
  /** Only check. */
  readonly dryRun?: boolean | undefined;
  /** Make the dataset when it is not there. */
  readonly create?: boolean | undefined;
}

export interface DatasetImportReport {
  readonly total: number;
  readonly stored: number;
  /** Items that say what is stored already. */
  readonly unchanged: number;
  /** Rows that do not fit; then nothing was stored. */
  readonly errorCount: number;
  /** The first 100, by row from 1. */
  readonly errors: readonly { readonly row: number; readonly message: string }[];
}

/** The same over the embedded store and over HTTP; every method rejects with an error that carries a code. */
export interface DatasetsApi {
  listDatasets(query: PageQuery): Promise<Paged<Dataset>>;
  getDataset(name: string): Promise<Dataset>;
  createDataset(input: DatasetInput): Promise<Dataset>;
  /** Coaia only: removes the dataset with items, runs and their scores. */
  deleteDataset(name: string): Promise<void>;
  listDatasetItems(query: DatasetItemQuery): Promise<Paged<DatasetItem>>;
  getDatasetItem(id: string): Promise<DatasetItem>;
  createDatasetItem(input: DatasetItemInput): Promise<DatasetItem>;
  deleteDatasetItem(id: string): Promise<void>;
  listDatasetRuns(datasetName: string, query: PageQuery): Promise<Paged<DatasetRun>>;
  getDatasetRun(datasetName: string, runName: string): Promise<DatasetRunWithItems>;
  deleteDatasetRun(datasetName: string, runName: string): Promise<void>;
  createDatasetRunItem(input: DatasetRunItemInput): Promise<DatasetRunItem>;
  listExperiments(query: ExperimentQuery): Promise<CursorPaged<Experiment>>;
  /** For items that are made from a trace. */
  getTrace(traceId: string): Promise<TraceDetail>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createDatasetsApi(client: Pick<CoaiaClient, 'request' | 'getTrace'>): DatasetsApi {
  const send = <T>(
    method: 'GET' | 'POST' | 'DELETE',
    segments: readonly string[],
    options?: CallOptions,
  ): Promise<T> => client.request<T>(method, segments, options);
  return {
    listDatasets: (query) => send('GET', ['v2', 'datasets'], { query }),
    getDataset: (name) => send('GET', ['v2', 'datasets', name]),
    createDataset: (input) => send('POST', ['v2', 'datasets'], { body: input, isRepeatable: true }),
    deleteDataset: (name) => send('DELETE', ['v2', 'datasets', name]),
    listDatasetItems: (query) => send('GET', ['dataset-items'], { query }),
    getDatasetItem: (id) => send('GET', ['dataset-items', id]),
    // With an id of its own an item that is sent twice is stored once.
    createDatasetItem: (input) =>
      send('POST', ['dataset-items'], { body: input, isRepeatable: typeof input.id === 'string' }),
    deleteDatasetItem: (id) => send('DELETE', ['dataset-items', id]),
    listDatasetRuns: (name, query) => send('GET', ['datasets', name, 'runs'], { query }),
    getDatasetRun: (name, run) => send('GET', ['datasets', name, 'runs', run]),
    deleteDatasetRun: (name, run) => send('DELETE', ['datasets', name, 'runs', run]),
    createDatasetRunItem: (input) => send('POST', ['dataset-run-items'], { body: input }),
    listExperiments: (query) => send('GET', ['experiments'], { query }),
    getTrace: (traceId) => client.getTrace(traceId),
  };
}
