/** What was acknowledged survives kill -9 and a power cut. Small counts here; `npm run soak` runs the full ones. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCrashes } from './crash.ts';

const soak = process.env.COAIA_SOAK === '1';
const hasCompiler = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;
const hour = 3_600_000;

describe('durability of acknowledged events', () => {
  it('survives kill -9 while clients write', { timeout: hour }, async () => {
    const result = await runCrashes({ rounds: soak ? 50 : 3, powerCut: false });
    console.log(`kill -9: ${JSON.stringify(result)}`);
    expect(result).toMatchObject({ lost: 0, altered: 0, doubled: 0 });
    expect(result.acknowledged).toBeGreaterThan(10);
  });

  it.runIf(hasCompiler)('survives a power cut while clients write', { timeout: hour }, async () => {
    const result = await runCrashes({ rounds: soak ? 20 : 3, powerCut: true });
    console.log(`power cut: ${JSON.stringify(result)}`);
    expect(result).toMatchObject({ lost: 0, altered: 0, doubled: 0 });
    expect(result.acknowledged).toBeGreaterThan(10);
  });

  it.runIf(hasCompiler)(
    'loses events in a power cut under relaxed durability, so the test can tell',
    { timeout: hour },
    async () => {
      const result = await runCrashes({
        rounds: soak ? 5 : 2,
        powerCut: true,
        args: ['--durability', 'relaxed'],
      });
      expect(result.altered).toBe(0);
      expect(result.lost).toBeGreaterThan(0);
    },
  );
});
