/** Servers on each database that is here. */
import { openApiServer } from '../contract/api-server.ts';
import type { ApiServer } from '../contract/api-server.ts';
import {
  createTestPostgres,
  findTestPostgres,
} from '../../packages/coaia/src/store/open-test-database.ts';

const postgres = findTestPostgres();

/** SQLite always, PostgreSQL where the tests have one. */
export const DATABASES: readonly string[] =
  postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

/** A server on a new database, which goes when the server stops. */
export async function openServerOn(database: string): Promise<ApiServer> {
  if (database !== 'postgres' || postgres === undefined) return openApiServer();
  const { url, remove } = await createTestPostgres(postgres);
  const server = await openApiServer({ env: { DATABASE_URL: url } });
  return {
    ...server,
    async stop() {
      await server.stop();
      await remove();
    },
  };
}
