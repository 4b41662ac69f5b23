/** A whole store as rows, on its way between files and databases. */
import type { SqlValue } from './database.ts';

export interface RowBatch {
  readonly table: string;
  readonly columns: readonly string[];
  /** Cells in the order of `columns`. */
  readonly rows: readonly (readonly SqlValue[])[];
}

/** All rows as of one moment; tables come so that a row's parents are before it. */
export interface RowSource {
  readonly schemaVersion: number;
  batches(): AsyncIterable<RowBatch>;
  close(): Promise<void>;
}

/** Rows per batch: enough to share a round trip, few enough for large texts. */
export const BATCH_ROWS = 200;
