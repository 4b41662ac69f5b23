/** Durable runs under kill -9. Small counts here; `npm run soak` runs the full ones. */
import { describe, expect, it } from 'vitest';
import { openRedis } from '../../scripts/lib/redis.mjs';
import {
  createTestPostgres,
  findTestPostgres,
  findTestRedis,
} from '../../packages/coaia/src/store/open-test-database.ts';
import { runChaos } from './runs-chaos.ts';
import type { ChaosResult } from './runs-chaos.ts';

const soak = process.env.COAIA_SOAK === '1';
const hour = 3_600_000;
const size = soak
  ? { runs: 200, stepMs: [100, 400] as const }
  : { runs: 20, stepMs: [40, 160] as const };

function expectWhole(result: ChaosResult): void {
  const steps = result.runs * 10;
  expect(result).toMatchObject({
    succeeded: result.runs,
    finishedSteps: steps,
    distinctEffects: steps,
    observations: steps,
    ends: result.runs,
    traces: result.runs,
  });
  expect(result.kills).toBeGreaterThan(0);
}

describe('durable runs under kill -9', () => {
  it(
    'end exactly once on SQLite, with one process that is started again',
    { timeout: hour },
    async () => {
      const result = await runChaos({ ...size, workers: 1, kills: soak ? 40 : 3 });
      console.log(`runs, SQLite: ${JSON.stringify(result)}`);
      expectWhole(result);
    },
  );

  it.runIf(findTestPostgres() !== undefined && findTestRedis() !== undefined)(
    'end exactly once on Postgres and Redis, with three workers and a Redis that is emptied',
    { timeout: hour },
    async () => {
      const { url: postgres, remove } = await createTestPostgres(findTestPostgres() ?? '');
      let redis = await openRedis();
      const { url, port } = redis;
      if (url === undefined) throw new Error(redis.reason);
      const restart = async () => {
        await redis.close?.();
        redis = await openRedis(port);
      };
      try {
        const options = { ...size, workers: 3, kills: soak ? 60 : 3, postgres };
        const result = await runChaos({ ...options, redis: { url, restart } });
        console.log(`runs, Postgres and Redis: ${JSON.stringify(result)}`);
        expectWhole(result);
        expect(result.redisRestarts).toBe(1);
      } finally {
        await redis.close?.();
        await remove();
      }
    },
  );
});
