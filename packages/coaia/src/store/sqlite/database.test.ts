import { describeDatabase } from '../testing/database.testsuite.ts';
import { openTestDatabases } from '../open-test-database.ts';
import { describeQueries } from '../testing/queries.testsuite.ts';

for (const { name, open } of openTestDatabases().filter((database) => database.name === 'sqlite')) {
  describeDatabase(name, open);
  describeQueries(name, open);
}
