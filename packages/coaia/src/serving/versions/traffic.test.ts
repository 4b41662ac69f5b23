import { describe, expect, test } from 'vitest';
import { changeTraffic, chooseVersion } from './traffic.ts';
import type { Traffic } from './traffic.ts';

const base: Traffic = { champion: 3, revision: 7 };
const ask = { latest: 5, random: () => 0.5 };

describe('who gets which version', () => {
  test('names and numbers', () => {
    const traffic = { ...base, challenger: 4 };
    const choose = (asked: string) => chooseVersion(traffic, { ...ask, asked })?.version;
    expect(['champion', 'challenger', 'latest', '2'].map(choose)).toEqual([3, 4, 5, 2]);
    expect(['', '0', '-1', '1.5', 'newest', '01'].map(choose)).toEqual(
      Array.from({ length: 6 }).fill(undefined),
    );
    expect(chooseVersion(base, { ...ask, asked: 'challenger' })).toBeUndefined();
  });

  test('a canary takes its share and the shadow watches both', () => {
    const traffic = { ...base, canary: { version: 4, percent: 10 }, shadow: 5 };
    let sent = 0;
    for (let index = 0; index < 1000; index += 1) {
      const choice = chooseVersion(traffic, { ...ask, random: () => index / 1000 });
      expect(choice?.shadow).toBe(5);
      if (choice?.route === 'canary') sent += 1;
    }
    expect(sent).toBe(100);
  });

  test('a caller keeps its version while the share grows, and callers are spread evenly', () => {
    const at = (percent: number, stickyKey: string) =>
      chooseVersion({ ...base, canary: { version: 4, percent } }, { ...ask, stickyKey })?.version;
    const callers = Array.from({ length: 2000 }, (_, index) => `customer-${index}`);
    const few = callers.filter((caller) => at(10, caller) === 4);
    const more = new Set(callers.filter((caller) => at(50, caller) === 4));
    expect(few.every((caller) => more.has(caller))).toBe(true);
    expect(few.length / callers.length).toBeGreaterThan(0.07);
    expect(few.length / callers.length).toBeLessThan(0.13);
    expect(more.size / callers.length).toBeGreaterThan(0.45);
    expect(more.size / callers.length).toBeLessThan(0.55);
  });
});

describe('changes', () => {
  test('a version that becomes champion is nothing else any more', () => {
    const traffic = { ...base, canary: { version: 4, percent: 10 }, challenger: 4, shadow: 4 };
    expect(changeTraffic(traffic, { champion: 4 })).toEqual({ champion: 4, revision: 8 });
    expect(changeTraffic(traffic, { canary: null })).toEqual({
      champion: 3,
      challenger: 4,
      shadow: 4,
      revision: 8,
    });
  });

  test.each([
    [{ canary: { version: 4, percent: 101 } }, /0 to 100 per cent/],
    [{ canary: { version: 4, percent: Number.NaN } }, /0 to 100 per cent/],
    [{ canary: { version: 3, percent: 10 } }, /a canary of itself/],
    [{ shadow: 3 }, /a shadow of itself/],
  ])('%o is refused', (change, sentence) => {
    expect(() => changeTraffic(base, change)).toThrow(
      expect.objectContaining({ code: 'AO661', message: expect.stringMatching(sentence) }),
    );
  });
});
