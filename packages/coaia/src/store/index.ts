/** Floor 1: one Database port over SQLite and Postgres. */
export type * from './database.ts';
export type * from './tables.ts';
