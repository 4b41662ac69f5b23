/** What copying takes, and what its commands need. */
import type { Clock, Scope } from '#base';
import type { BlobStore } from '#blobs';
import type { Database } from '#store';
import { needs } from '#surface';
import type { ApiReader, SourceAddress } from './sources/api-reader.ts';
import type {
  CompareInput,
  Comparison,
  MigrateInput,
  MigrateReport,
} from './transfers/transfer.ts';

export interface MigrationPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly blobs: BlobStore;
  /** Opens reads of another server; pauses that it asks for are kept. */
  readonly openSource: (address: SourceAddress) => Promise<ApiReader>;
  /** Reads of this store through its own API. */
  readonly openHere: () => Promise<ApiReader>;
  /** Fetches a file by its signed address. */
  readonly fetch: (url: string, signal?: AbortSignal) => Promise<Response>;
}

export interface MigrationApi {
  migrate(input: MigrateInput): Promise<MigrateReport>;
  compare(input: CompareInput): Promise<Comparison>;
}

/** What the commands need: the store of this machine, never a server. */
export const migrationApi = needs<MigrationApi>('migration');
