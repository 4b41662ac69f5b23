import {
  findTestPostgres,
  openTestTemplate,
} from '../packages/coaia/src/store/open-test-database.ts';

/** Prepares once per run what every test of a store on Postgres would do again. Returns what removes it. */
export async function setup(): Promise<() => Promise<void>> {
  const server = findTestPostgres();
  return server === undefined ? async () => {} : openTestTemplate(server);
}
