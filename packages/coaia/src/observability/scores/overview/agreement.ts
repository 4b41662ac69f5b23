/** How far two raters agree about the same things: chance-corrected for labels, in distance for numbers. */

/** What two raters said about one thing. */
export interface RatedPair {
  readonly a: string;
  readonly b: string;
}

/** Agreement about labels. */
export interface LabelAgreement {
  readonly pairs: number;
  /** Share of the pairs with the same label, 0 to 1. */
  readonly agreed: number;
  /** Null when chance alone explains everything: both raters gave one and the same label throughout. */
  readonly kappa: number | null;
  /** Labels of either rater, sorted; rows and columns of `matrix`. */
  readonly labels: readonly string[];
  /** `matrix[i][j]`: things that a called `labels[i]` and b `labels[j]`. */
  readonly matrix: readonly (readonly number[])[];
}

/**
 * Cohen's kappa, unweighted: (p_o - p_e) / (1 - p_e) with p_e from the margins.
 * Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement
 * 20 (1960) 37-46, formula 1.
 */
export function toLabelAgreement(pairs: readonly RatedPair[]): LabelAgreement {
  const labels = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].toSorted((x, y) =>
    x.localeCompare(y, 'en', { numeric: true }),
  );
  const places = new Map(labels.map((label, at) => [label, at]));
  const matrix = labels.map(() => labels.map(() => 0));
  for (const { a, b } of pairs) {
    const row = matrix[places.get(a) ?? 0];
    const at = places.get(b) ?? 0;
    if (row !== undefined) row[at] = (row[at] ?? 0) + 1;
  }
  const total = pairs.length;
  const agreed = total === 0 ? 0 : toSum(matrix.map((row, at) => row[at] ?? 0)) / total;
  const expected = toSum(
    labels.map((_, at) => {
      const ofA = toSum(matrix[at] ?? []);
      const ofB = toSum(matrix.map((row) => row[at] ?? 0));
      return total === 0 ? 0 : (ofA / total) * (ofB / total);
    }),
  );
  const kappa = total === 0 || expected === 1 ? null : (agreed - expected) / (1 - expected);
  return { pairs: total, agreed, kappa, labels, matrix };
}

/** What two raters said about one thing, in numbers. */
export interface NumberPair {
  readonly a: number;
  readonly b: number;
}

/** Agreement about numbers. */
export interface NumberAgreement {
  readonly pairs: number;
  /** Mean of b - a: how much higher b scores. */
  readonly bias: number | null;
  /** Mean of |b - a|. */
  readonly distance: number | null;
  /** Pearson's r; null with fewer than two pairs or when a rater always said the same. */
  readonly correlation: number | null;
}

/** Bias, mean absolute distance and Pearson's product-moment correlation of the pairs. */
export function toNumberAgreement(pairs: readonly NumberPair[]): NumberAgreement {
  const total = pairs.length;
  if (total === 0) return { pairs: 0, bias: null, distance: null, correlation: null };
  const mean = (pick: (pair: NumberPair) => number) => toSum(pairs.map(pick)) / total;
  const meanA = mean(({ a }) => a);
  const meanB = mean(({ b }) => b);
  const spreadA = toSum(pairs.map(({ a }) => (a - meanA) ** 2));
  const spreadB = toSum(pairs.map(({ b }) => (b - meanB) ** 2));
  const shared = toSum(pairs.map(({ a, b }) => (a - meanA) * (b - meanB)));
  return {
    pairs: total,
    bias: meanB - meanA,
    distance: mean(({ a, b }) => Math.abs(b - a)),
    correlation: spreadA === 0 || spreadB === 0 ? null : shared / Math.sqrt(spreadA * spreadB),
  };
}

function toSum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
