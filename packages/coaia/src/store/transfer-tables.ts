/** Rows of `coaia migrate`: how far each kind has come, and what could not be copied. See `tables.ts`. */

/** One kind of records from one server. Times are epoch milliseconds. */
export interface TransferStepRow {
  project_id: string;
  /** Address of the server and public key, which together name a project there. */
  source: string;
  kind: string;
  /** JSON: where the next page begins; NULL: at the beginning. */
  position: string | null;
  /** JSON: what narrows the run (`since`, `until`), fixed by its first page. */
  options: string;
  read_count: number;
  written_count: number;
  started_at: number;
  updated_at: number;
  /** NULL until the last page is stored. */
  done_at: number | null;
}

/** Something that was read and has no place here, with the reason. */
export interface TransferGapRow {
  project_id: string;
  source: string;
  kind: string;
  subject_id: string;
  reason: string;
  created_at: number;
}

export interface TransferTables {
  transfer_steps: TransferStepRow;
  transfer_gaps: TransferGapRow;
}

/** Primary keys, for upserts. */
export const TRANSFER_KEYS = {
  transfer_steps: ['project_id', 'source', 'kind'],
  transfer_gaps: ['project_id', 'source', 'kind', 'subject_id'],
} as const;
