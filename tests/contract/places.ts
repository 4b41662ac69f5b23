/** Homes and databases for servers that are started again: one of each kind that this machine has. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestPostgres,
  findTestPostgres,
} from '../../packages/coaia/src/store/open-test-database.ts';

const postgres = findTestPostgres();

/** Kinds of databases to run a suite over. */
export const DATABASES: readonly string[] =
  postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

/** What `startServer` takes to find the same data again. */
export interface Place {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes home and database away. */
  readonly remove: () => Promise<void>;
}

/** An empty home with an empty database of the kind. */
export async function createPlace(kind: string): Promise<Place> {
  const home = mkdtempSync(join(tmpdir(), 'coaia-place-'));
  const isPostgres = kind === 'postgres' && postgres !== undefined;
  const database = isPostgres ? await createTestPostgres(postgres) : undefined;
  return {
    home,
    env: database === undefined ? {} : { DATABASE_URL: database.url },
    async remove() {
      await database?.remove();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
