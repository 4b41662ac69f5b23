/** Seeded random numbers (mulberry32), so that every run sees the same data. */
export interface Random {
  readonly next: () => number;
  readonly int: (from: number, to: number) => number;
  /** One of the items; there has to be one. */
  readonly pick: <T>(items: readonly T[]) => T;
  readonly chance: (share: number) => boolean;
  /** Most values small, a few large: like latencies. */
  readonly skewed: (from: number, to: number) => number;
}

/** Makes a generator. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (from, to) => Math.floor(from + next() * (to - from + 1)),
    pick: <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T,
    chance: (share) => next() < share,
    skewed: (from, to) => from + (to - from) * next() ** 4,
  };
}

/** Hex digits. */
export function toHex(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += Math.floor(random.next() * 16).toString(16);
  return text;
}
