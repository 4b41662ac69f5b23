import type { VersionEvaluation } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { listObjections, parsePercent, toChange } from './traffic-action.ts';

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

  it('takes the newest evaluation of the version', () => {
    const toOne = (version: number, reasons: readonly string[]) =>
      ({
        version,
        gate: { passes: reasons.length === 0, reasons },
      }) as unknown as VersionEvaluation;
    const all = [toOne(3, []), toOne(2, ['worse']), toOne(3, ['old'])];
    expect(listObjections(all, { kind: 'deploy', version: 2 })).toEqual(['worse']);
    expect(listObjections(all, { kind: 'deploy', version: 3 })).toEqual([]);
    expect(listObjections(all, { kind: 'shadow', version: 2 })).toEqual([]);
    expect(listObjections(all, { kind: 'deploy', version: 4 })).toEqual([]);
  });
});
