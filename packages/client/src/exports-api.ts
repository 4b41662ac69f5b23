/** Scheduled exports to blob storage. */
import type { CoaiaClient } from './client.ts';

/** Answer of `GET /integrations/blob-storage`; the secret key is never answered. */
export interface BlobExport {
  readonly id: string;
  readonly projectId: string;
  /** FOLDER is Coaia's own: a folder of the server. */
  readonly type: 'S3' | 'S3_COMPATIBLE' | 'AZURE_BLOB_STORAGE' | 'FOLDER';
  readonly bucketName: string;
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string | null;
  readonly prefix: string;
  readonly exportFrequency: 'every_20_minutes' | 'hourly' | 'daily' | 'weekly';
  readonly enabled: boolean;
  readonly forcePathStyle: boolean;
  readonly fileType: 'JSON' | 'CSV' | 'JSONL' | 'PARQUET';
  readonly exportMode: 'FULL_HISTORY' | 'FROM_TODAY' | 'FROM_CUSTOM_DATE';
  readonly exportStartDate: string | null;
  readonly compressed: boolean;
  readonly exportSource:
    | 'LEGACY_TRACES_OBSERVATIONS'
    | 'OBSERVATIONS_V2'
    | 'LEGACY_TRACES_AND_ENRICHED_OBSERVATIONS';
  readonly exportFieldGroups: readonly string[] | null;
  readonly nextSyncAt: string | null;
  /** End of the last exported window. */
  readonly lastSyncAt: string | null;
  readonly lastError: string | null;
  readonly lastErrorAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Answer of `GET /integrations/blob-storage/{id}`. */
export interface BlobExportStatus {
  readonly id: string;
  readonly projectId: string;
  readonly syncStatus: 'idle' | 'running' | 'queued' | 'up_to_date' | 'disabled' | 'error';
  readonly enabled: boolean;
  readonly lastSyncAt: string | null;
  readonly nextSyncAt: string | null;
  readonly lastError: string | null;
  readonly lastErrorAt: string | null;
}

/** Body of `PUT /integrations/blob-storage`. */
export interface BlobExportInput {
  readonly projectId: string;
  readonly type: BlobExport['type'];
  readonly bucketName: string;
  readonly endpoint?: string | null;
  readonly region?: string;
  readonly accessKeyId?: string | null;
  readonly secretAccessKey?: string | null;
  readonly prefix?: string | null;
  readonly exportFrequency: BlobExport['exportFrequency'];
  readonly enabled: boolean;
  readonly forcePathStyle: boolean;
  readonly fileType: BlobExport['fileType'];
  readonly exportMode: BlobExport['exportMode'];
  readonly exportStartDate?: string | null;
  readonly compressed?: boolean | null;
  readonly exportSource?: BlobExport['exportSource'] | null;
  readonly exportFieldGroups?: readonly string[] | null;
}

/** A window that was exported, or that failed. */
export interface BlobExportRun {
  readonly id: string;
  readonly windowFrom: string;
  readonly windowTo: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly files: readonly {
    readonly table: string;
    readonly name: string;
    readonly rows: number;
    readonly bytes: number;
  }[];
  readonly error: string | null;
}

/** The calls about exports, the same over the embedded store and over HTTP. */
export interface ExportsApi {
  listExports(): Promise<{ readonly data: readonly BlobExport[] }>;
  saveExport(input: BlobExportInput): Promise<BlobExport>;
  getExportStatus(exportId: string): Promise<BlobExportStatus>;
  deleteExport(exportId: string): Promise<void>;
  /** Coaia only: exports every window that is complete now; at most `windows` of them. */
  runExport(windows?: number): Promise<{ readonly data: readonly BlobExportRun[] }>;
  /** Coaia only: the last runs, newest first. */
  listExportRuns(): Promise<{ readonly data: readonly BlobExportRun[] }>;
  /** The project of the keys. */
  getProjectId(): Promise<string>;
}

const AT = ['integrations', 'blob-storage'];

/** The calls over HTTP. Rejects with ClientError. */
export function createExportsApi(client: CoaiaClient): ExportsApi {
  return {
    listExports: () => client.request('GET', AT),
    saveExport: (input) => client.request('PUT', AT, { body: input }),
    getExportStatus: (exportId) => client.request('GET', [...AT, exportId]),
    deleteExport: async (exportId) => {
      await client.request('DELETE', [...AT, exportId]);
    },
    runExport: (windows) =>
      client.request('POST', ['exports', 'runs'], {
        area: 'v1',
        body: windows === undefined ? {} : { windows },
        isRepeatable: true,
      }),
    listExportRuns: () => client.request('GET', ['exports', 'runs'], { area: 'v1' }),
    async getProjectId() {
      return (await client.listProjects()).data[0]?.id ?? '';
    },
  };
}
