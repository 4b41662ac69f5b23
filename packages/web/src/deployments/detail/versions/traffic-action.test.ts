import { describe, expect, it } from 'vitest';
import { isGated, parsePercent, toChange } from './traffic-action.ts';

describe('changes of the traffic', () => {
  it('says what the server has to change', () => {
    expect(toChange({ kind: 'deploy', version: 2 }, 10)).toEqual({ champion: 2 });
    expect(toChange({ kind: 'canary', version: 2 }, 10)).toEqual({
      canary: { version: 2, percent: 10 },
    });
    expect(toChange({ kind: 'shadow', version: 2 }, 10)).toEqual({ shadow: 2 });
    expect(toChange({ kind: 'challenger', version: 2 }, 10)).toEqual({ challenger: 2 });
  });

  it('reads a share', () => {
    expect(['10', '0.5', '100'].map(parsePercent)).toEqual([10, 0.5, 100]);
    for (const text of ['', '0', '-1', '101', 'all']) expect(parsePercent(text)).toBeUndefined();
  });

  it('asks the gate where callers get more of a version', () => {
    const traffic = { champion: 1, canary: { version: 2, percent: 20 }, revision: 3 };
    expect(isGated({ kind: 'deploy', version: 2 }, 0, traffic)).toBe(true);
    expect(isGated({ kind: 'deploy', version: 1 }, 0, traffic)).toBe(false);
    expect(
      [10, 20, 21].map((one) => isGated({ kind: 'canary', version: 2 }, one, traffic)),
    ).toEqual([false, false, true]);
    expect(isGated({ kind: 'canary', version: 3 }, 1, traffic)).toBe(true);
    for (const kind of ['shadow', 'challenger'] as const)
      expect(isGated({ kind, version: 3 }, 0, traffic)).toBe(false);
    expect(isGated({ kind: 'rollback' }, 0, null)).toBe(false);
  });
});
