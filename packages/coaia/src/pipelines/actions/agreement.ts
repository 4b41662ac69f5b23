/** How far several judges agree, computed from their judgements and nothing else. */

export interface Agreement {
  readonly judges: number;
  /** Mean of numbers, most frequent of everything else; null for a draw. */
  readonly value: number | string | boolean | null;
  /** Numbers only: standard deviation of the sample; null for one judge. */
  readonly deviation: number | null;
  /** Numbers only: distance between the lowest and the highest. */
  readonly spread: number | null;
  /** Share of pairs of judges that say exactly the same, 0 to 1; null for one judge. */
  readonly agreement: number | null;
}

/** @param values At least one; all of one type. */
export function toAgreement(values: readonly (number | string | boolean)[]): Agreement {
  const numbers = values.filter((value) => typeof value === 'number');
  const isNumeric = numbers.length === values.length && numbers.length > 0;
  return {
    judges: values.length,
    value: isNumeric ? toMean(numbers) : toMajority(values),
    deviation: isNumeric && numbers.length > 1 ? toDeviation(numbers) : null,
    spread: isNumeric ? Math.max(...numbers) - Math.min(...numbers) : null,
    agreement: values.length > 1 ? toPairShare(values) : null,
  };
}

function toMean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function toDeviation(numbers: readonly number[]): number {
  const mean = toMean(numbers);
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return Math.sqrt(squares / (numbers.length - 1));
}

function toMajority(values: readonly (number | string | boolean)[]) {
  const counts = new Map<number | string | boolean, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first, second] = [...counts].toSorted((one, other) => other[1] - one[1]);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

function toPairShare(values: readonly (number | string | boolean)[]): number {
  let same = 0;
  for (const [index, value] of values.entries())
    for (const other of values.slice(index + 1)) if (value === other) same++;
  return same / ((values.length * (values.length - 1)) / 2);
}
