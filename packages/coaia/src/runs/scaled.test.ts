import { systemClock } from '#base';
import { openRedisDispatcher } from '#queue';
import { findTestRedis, openTestDatabases } from '#store/testing';
import { describe } from 'vitest';
import type { EngineKind } from './testing/engine-bench.ts';
import { testClaims } from './testing/claims.testsuite.ts';
import { testFailures } from './testing/failures.testsuite.ts';
import { testSteering } from './testing/steering.testsuite.ts';
import { testSteps } from './testing/steps.testsuite.ts';
import { testStopping } from './testing/stopping.testsuite.ts';
import { testWaiting } from './testing/waiting.testsuite.ts';

const url = findTestRedis() ?? '';
const [, postgres] = openTestDatabases();

describe.skipIf(url === '' || postgres === undefined)('scaled', () => {
  const kind: EngineKind = {
    name: 'Postgres and Redis',
    openDatabase: async () => postgres!.open(),
    openDispatcher: async (db, prefix) =>
      openRedisDispatcher({
        db,
        clock: systemClock,
        url,
        prefix,
        sweepMs: 300,
        allow: () => {},
      }),
  };
  testSteps(kind);
  testFailures(kind);
  testWaiting(kind);
  testStopping(kind);
  testClaims(kind);
  testSteering(kind);
});
