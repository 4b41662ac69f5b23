/** What copying takes, and what its commands need. */
import type { Clock, Scope } from '#base';
import type { BlobStore } from '#blobs';
import type { Database } from '#store';
import { needs } from '#surface';
import type { CompareInput, Comparison } from './transfers/compare.ts';
import type { MigrateInput, MigrateReport } from './transfers/migrate.ts';

/** Query of a read; undefined members are left out. */
export type ReadQuery = Readonly<Record<string, string | number | boolean | undefined>>;

/** One side of a copy: reads below `/api/public`. A missing address or record rejects with COAIA-0003. */
export interface ApiReader {
  get(segments: readonly string[], query?: ReadQuery): Promise<unknown>;
}

/** A server and the keys of one of its projects. */
export interface SourceAddress {
  readonly baseUrl: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

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
