import { systemClock } from '#base';
import { openEmbeddedDispatcher } from '#queue';
import { openTestDatabases } from '#store/testing';
import type { EngineKind } from './testing/engine-bench.ts';
import { testClaims } from './testing/claims.testsuite.ts';
import { testFailures } from './testing/failures.testsuite.ts';
import { testSteering } from './testing/steering.testsuite.ts';
import { testSteps } from './testing/steps.testsuite.ts';
import { testStopping } from './testing/stopping.testsuite.ts';
import { testWaiting } from './testing/waiting.testsuite.ts';

const [sqlite] = openTestDatabases();

if (sqlite !== undefined) {
  const kind: EngineKind = {
    name: 'SQLite',
    openDatabase: sqlite.open,
    openDispatcher: async (db) => openEmbeddedDispatcher({ db, clock: systemClock }),
  };
  testSteps(kind);
  testFailures(kind);
  testWaiting(kind);
  testStopping(kind);
  testClaims(kind);
  testSteering(kind);
}
