/** Reproducible random numbers: xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32. */

/** Numbers in [0, 1) with 32 random bits; the same seed gives the same sequence everywhere. */
export function createSeeded(seed: number): () => number {
  let state = seed >>> 0;
  const mix = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [mix(), mix(), mix(), mix()];
  return () => {
    const result = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = turn(d, 11);
    return result / 0x1_0000_0000;
  };
}

function turn(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
