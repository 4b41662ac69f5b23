/** Columns of the tables in `transfer-tables.ts`; see `columns.ts`. */

export const TRANSFER_COLUMNS = {
  transfer_steps: {
    project_id: 'text',
    source: 'text',
    kind: 'text',
    position: 'json',
    options: 'json',
    read_count: 'integer',
    written_count: 'integer',
    started_at: 'integer',
    updated_at: 'integer',
    done_at: 'integer',
  },
  transfer_gaps: {
    project_id: 'text',
    source: 'text',
    kind: 'text',
    subject_id: 'text',
    reason: 'text',
    created_at: 'integer',
  },
} as const;
