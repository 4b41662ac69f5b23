/** All migrations in order. The highest number is the schema this program reads and writes. */
import { foundation } from './0001-foundation.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [foundation];

export const LATEST_SCHEMA_VERSION = MIGRATIONS.length;
