/** Rows of what is kept under a key. See `tables.ts` and `columns.ts`. */

export interface StashEntryRow {
  project_id: string;
  key: string;
  value: string;
  created_at: number;
  updated_at: number;
  /** Epoch milliseconds after which it counts as gone; NULL: never. */
  expires_at: number | null;
}

export interface StashTables {
  stash_entries: StashEntryRow;
}

/** Primary keys, for upserts. */
export const STASH_KEYS = { stash_entries: ['project_id', 'key'] } as const;

export const STASH_COLUMNS = {
  stash_entries: {
    project_id: 'text',
    key: 'text',
    value: 'text',
    created_at: 'integer',
    updated_at: 'integer',
    expires_at: 'integer',
  },
} as const;
