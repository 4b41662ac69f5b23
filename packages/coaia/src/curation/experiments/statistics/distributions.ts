/** The few distributions that intervals and tests need; every function is held against SciPy by a test. */

/** Standard normal distribution function, to about 15 digits: Hart's fractions as given by West (2005). */
export function toNormalShare(x: number): number {
  const z = Math.abs(x);
  if (z > 37) return x > 0 ? 1 : 0;
  const tail = Math.exp((-z * z) / 2) * (z < 7.071_067_811_865_47 ? toInner(z) : toOuter(z));
  return x > 0 ? 1 - tail : tail;
}

const UPPER = [
  3.526_249_659_989_11e-2, 0.700_383_064_443_688, 6.373_962_203_531_65, 33.912_866_078_383,
  112.079_291_497_871, 221.213_596_169_931, 220.206_867_912_376,
];
const LOWER = [
  8.838_834_764_831_84e-2, 1.755_667_163_182_64, 16.064_177_579_207, 86.780_732_202_946_1,
  296.564_248_779_674, 637.333_633_378_831, 793.826_512_519_948, 440.413_735_824_752,
];

function toInner(z: number): number {
  const fold = (parts: readonly number[]) => parts.reduce((sum, part) => sum * z + part, 0);
  return fold(UPPER) / fold(LOWER);
}

function toOuter(z: number): number {
  return 1 / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / 2.506_628_274_631;
}

/** The z below which this share of the standard normal lies. */
export function toNormalQuantile(share: number): number {
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  return findRoot((x) => toNormalShare(x) - share, -40, 40);
}

/** Share of Student's t between -t and t; whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
export function toStudentCentre(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const isOdd = degrees % 2 === 1;
  const cosine = Math.cos(angle);
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** The t that holds this share between -t and t. From 2,000 degrees on the normal stands for it (error below 0.001). */
export function toStudentQuantile(centre: number, degrees: number): number {
  if (degrees >= 2000) return toNormalQuantile((1 + centre) / 2);
  return findRoot((t) => toStudentCentre(t, degrees) - centre, 0, 10_000);
}

function findRoot(rise: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 90; step++) {
    const middle = (low + high) / 2;
    if (rise(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The value below which a share of sorted values lies, between two neighbours (Hyndman and Fan's type 7). */
export function toQuantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const first = sorted[below] ?? Number.NaN;
  const next = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return first + (next - first) * (place - below);
}
