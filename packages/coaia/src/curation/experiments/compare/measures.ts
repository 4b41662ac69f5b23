/** Scores, cost and latency as measures: one value per run and item, and what they add up to. */
import type { MeasureKind, MeasureSummary } from '@coaia/client';
import { toMean, toStudentInterval, toWilsonInterval } from '../statistics/intervals.ts';
import type { Answer, ScoreValue } from './run-facts.ts';

/** A number, yes or no as 1 and 0, or a label. Undefined: no value. */
export type Value = number | string | undefined;

/** A measure of several runs: how to read it, and its values by run and item. */
export interface Measure {
  readonly name: string;
  readonly kind: MeasureKind;
  /** Cost or latency, not a score that happens to have such a name. */
  readonly isFact: boolean;
  readonly values: ReadonlyMap<string, ReadonlyMap<string, number | string>>;
}

const YES = new Set(['pass', 'passed', 'yes', 'true', 'correct']);
const NO = new Set(['fail', 'failed', 'no', 'false', 'incorrect']);

/** Every score that any answer has, by name. A name that is a number here and a label there counts as labels. */
export function toScoreMeasures(answers: readonly Answer[]): readonly Measure[] {
  const names = [...new Set(answers.flatMap(({ values }) => values.map(({ name }) => name)))];
  return names.toSorted().map((name) => {
    const all = answers.flatMap(({ values }) => values.filter((value) => value.name === name));
    const kind = toKind(all);
    return {
      name,
      kind,
      isFact: false,
      values: toValues(answers, ({ values }) =>
        toOne(
          kind,
          values.filter((value) => value.name === name),
        ),
      ),
    };
  });
}

/** Cost or latency. */
export function toFactMeasure(name: 'cost' | 'latency', answers: readonly Answer[]): Measure {
  const values = toValues(answers, (answer) => answer[name] ?? undefined);
  return { name, kind: 'number', isFact: true, values };
}

function toKind(values: readonly ScoreValue[]): MeasureKind {
  if (values.every((value) => toTruth(value) !== undefined)) return 'pass';
  return values.every(({ data_type: type, value }) => type !== 'CATEGORICAL' && value !== null)
    ? 'number'
    : 'label';
}

/** 1 for yes, 0 for no; numbers that are nothing else, and the usual pairs of labels, count as such. */
function toTruth({ data_type: type, value, string_value: text }: ScoreValue): number | undefined {
  if (type !== 'CATEGORICAL') return value === 0 || value === 1 ? value : undefined;
  const label = (text ?? '').toLowerCase();
  if (YES.has(label)) return 1;
  return NO.has(label) ? 0 : undefined;
}

/** Several scores of one name on one answer: the mean, for labels the last. */
function toOne(kind: MeasureKind, values: readonly ScoreValue[]): Value {
  if (values.length === 0) return undefined;
  const last = values.at(-1);
  if (kind === 'label') return last?.string_value ?? String(last?.value);
  return toMean(
    values.map((value) => (kind === 'pass' ? toTruth(value) : value.value) ?? Number.NaN),
  );
}

function toValues(answers: readonly Answer[], read: (answer: Answer) => Value): Measure['values'] {
  const runs = Map.groupBy(answers, ({ runId }) => runId);
  return new Map([...runs].map(([runId, own]) => [runId, toItemValues(own, read)]));
}

/** Repeated answers to one item become their mean: items are what is drawn, not answers. */
function toItemValues(answers: readonly Answer[], read: (answer: Answer) => Value) {
  const found = new Map<string, number | string>();
  for (const [itemId, own] of Map.groupBy(answers, (answer) => answer.itemId)) {
    const values = own.map(read).filter((value) => value !== undefined);
    const numbers = values.filter((value) => typeof value === 'number');
    const last = values.at(-1);
    if (last === undefined) continue;
    found.set(itemId, numbers.length === values.length ? toMean(numbers) : last);
  }
  return found;
}

/** Sums of one run over the given items. */
export function toSummary(
  measure: Measure,
  runId: string,
  itemIds: readonly string[],
): MeasureSummary {
  const values = measure.values.get(runId);
  const own = itemIds.flatMap((id) => values?.get(id) ?? []);
  const head = {
    name: measure.name,
    kind: measure.kind,
    n: own.length,
    missing: itemIds.length - own.length,
  };
  if (measure.kind === 'label') {
    const counts = Object.fromEntries(
      [...Map.groupBy(own, String)].map(([label, given]) => [label, given.length]),
    );
    return { ...head, mean: null, interval: null, labels: counts };
  }
  const numbers = own.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return { ...head, mean: null, interval: null };
  const isPure = measure.kind === 'pass' && numbers.every((value) => value === 0 || value === 1);
  const hits = numbers.filter((value) => value === 1).length;
  const interval = isPure ? toWilsonInterval(hits, numbers.length) : toStudentInterval(numbers);
  return { ...head, mean: toMean(numbers), interval };
}
