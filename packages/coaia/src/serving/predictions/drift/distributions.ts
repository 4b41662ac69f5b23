/** Chances that the tests of drift are made of. */
import { toNormalShare } from '#curation';

/** ln Γ(x), x > 0: Lanczos' series with g = 7 and nine terms (Press et al., Numerical Recipes, 6.1), about 15 digits. */
export function toLogGamma(x: number): number {
  const [first = 0, ...rest] = LANCZOS;
  const z = x - 1;
  const sum = rest.reduce((all, term, index) => all + term / (z + index + 1), first);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12,
  9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];

const logChoose = (n: number, k: number) =>
  toLogGamma(n + 1) - toLogGamma(k + 1) - toLogGamma(n - k + 1);

/**
 * Fisher's exact test of two shares, two-sided: twice the smaller tail of the hypergeometric distribution, at most 1.
 * `hits` of `n` against `otherHits` of `m`.
 */
export function toFisher(hits: number, n: number, otherHits: number, m: number): number {
  const total = hits + otherHits;
  if (n === 0 || m === 0 || total === 0 || total === n + m) return 1;
  const scale = logChoose(n + m, total);
  const at = (k: number) => Math.exp(logChoose(n, k) + logChoose(m, total - k) - scale);
  const low = Math.max(0, total - m);
  const high = Math.min(n, total);
  const isAbove = hits / n > otherHits / m;
  return Math.min(1, 2 * (isAbove ? sumTail(at, hits, high, 1) : sumTail(at, hits, low, -1)));
}

/** Terms fall away from the middle, so the sum ends where they no longer count. */
function sumTail(at: (k: number) => number, from: number, to: number, step: 1 | -1): number {
  let sum = 0;
  for (let k = from; step > 0 ? k <= to : k >= to; k += step) {
    const term = at(k);
    sum += term;
    // Also where the first is nought already: the rest is less.
    if (term <= sum * 1e-17) break;
  }
  return sum;
}

/**
 * Chance of a Kolmogorov-Smirnov distance of at least this between samples of `n` and `m` from one distribution: the
 * first term of Smirnov's series (1948), which is the bound of Dvoretzky, Kiefer and Wolfowitz for two samples; the
 * whole series is smaller. Over binned values it is smaller still, so the test alarms too seldom, never too often.
 */
export function toSmirnov(distance: number, n: number, m: number): number {
  if (n === 0 || m === 0) return 1;
  return Math.min(1, 2 * Math.exp((-2 * distance * distance * n * m) / (n + m)));
}

/**
 * Chance above `z` of a standardised sum with this skewness, by Pearson's type III curve: a gamma distribution with the
 * same three moments (Mielke and Berry 2007), its tail by the cube root of Wilson and Hilferty (1931).
 */
export function toUpperTail(z: number, skew: number): number {
  if (Math.abs(skew) < 1e-3) return toNormalShare(-z);
  const root = 2 / Math.abs(skew);
  const toNormal = (x: number) =>
    3 * root * (Math.cbrt(Math.max(0, 1 + x / root)) - 1 + 1 / (9 * root * root));
  return skew > 0 ? toNormalShare(-toNormal(z)) : toNormalShare(toNormal(-z));
}
