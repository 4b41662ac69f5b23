/** A home whose store is of either kind, and the command line in it as a process of its own. */
import { rm } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import { createTestPostgres, findTestPostgres } from '#store/testing';
import { openSpawnHome, readResult, startCoaia } from '../../observability/testing/spawn-coaia.ts';
import type { SpawnResult } from '../../observability/testing/spawn-coaia.ts';

export interface MigrationTarget {
  run(...words: readonly string[]): Promise<SpawnResult>;
  start(...words: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

/** Makes it; without a Postgres for tests both kinds are SQLite. */
export async function openTarget(kind: 'sqlite' | 'postgres'): Promise<MigrationTarget> {
  const server = kind === 'postgres' ? findTestPostgres() : undefined;
  const postgres = server === undefined ? undefined : await createTestPostgres(server);
  const home = openSpawnHome({
    COAIA_FROM_PUBLIC_KEY: 'pk-lf-own',
    COAIA_FROM_SECRET_KEY: 'sk-lf-own',
    NO_COLOR: '1',
    ...(postgres === undefined ? {} : { DATABASE_URL: postgres.url }),
  });
  const start = (...words: readonly string[]) => startCoaia(home, words);
  return {
    start,
    run: (...words) => readResult(start(...words)),
    async close() {
      await postgres?.remove();
      await rm(home.home, { recursive: true, force: true });
    },
  };
}
