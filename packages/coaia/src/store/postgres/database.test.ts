import { expect, test } from 'vitest';
import { describeDatabase } from '../testing/database.testsuite.ts';
import { findTestPostgres, openTestDatabases } from '../open-test-database.ts';
import { describeQueries } from '../testing/queries.testsuite.ts';

for (const { name, open } of openTestDatabases().filter(
  (database) => database.name === 'postgres',
)) {
  describeDatabase(name, open);
  describeQueries(name, open);
}

if (findTestPostgres() === undefined) {
  process.stdout.write('not run: the Postgres suites need COAIA_TEST_POSTGRES_URL\n');
  test.skipIf(process.env['CI'] !== 'true')('a Postgres for the tests is there', () => {
    expect(findTestPostgres(), 'COAIA_TEST_POSTGRES_URL is not set').toBeDefined();
  });
}
