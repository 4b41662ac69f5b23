/** How far a predicted row was from what happened. */
import type { Row, Signature } from '../../signatures/signature.ts';
import { isMissingText, toNumber } from '../../signatures/values.ts';

/** One number of a judgement; the name is that of the score on the trace. */
export interface Judgement {
  readonly kind: 'number' | 'class' | 'none';
  readonly scores: Readonly<Record<string, number>>;
  /** What is worst: absolute error, log loss, or 1 where the class was wrong. Null where nothing can be said. */
  readonly loss: number | null;
}

/** Probabilities below are taken as this, so that one certain error is not infinite. */
const LEAST_PROBABILITY = 1e-15;

const NONE: Judgement = { kind: 'none', scores: {}, loss: null };

/** What the model gives for a person: the number, the class, and the chance of each class. */
export interface Answer {
  readonly number?: number;
  readonly label?: string;
  /** In the order of `classes`. */
  readonly chances?: readonly number[];
  readonly classes: readonly string[];
}

/** Finds number, class and chances in a predicted row; `label` and `probability` are the names workers give. */
export function readAnswer(predicted: Row, signature: Signature | undefined): Answer {
  const classes = (signature?.classes ?? []).map(String);
  if (signature?.task === 'probability') return readChance(predicted, classes);
  const chances = predicted['probability'];
  const label = readLabel(predicted, signature);
  const isWhole = Array.isArray(chances) && chances.every((one) => typeof one === 'number');
  const known = isWhole ? { chances } : {};
  if (label !== undefined) return { label, ...known, classes };
  const number = signature?.task === 'classification' ? undefined : readNumber(predicted);
  return number === undefined ? { ...known, classes } : { number, classes };
}

/** One number that is the chance of the second class, as a logistic regression in R gives it. */
function readChance(predicted: Row, classes: readonly string[]): Answer {
  const chance = readNumber(predicted);
  if (chance === undefined || chance < 0 || chance > 1) return { classes };
  const [no, yes] = classes.length === 2 ? (classes as [string, string]) : ['0', '1'];
  return { label: chance >= 0.5 ? yes : no, chances: [1 - chance, chance], classes: [no, yes] };
}

function readNumber(predicted: Row): number | undefined {
  const value =
    predicted['prediction'] ?? Object.values(predicted).find((one) => typeof one === 'number');
  return typeof value === 'number' ? value : undefined;
}

function readLabel(predicted: Row, signature: Signature | undefined): string | undefined {
  const named = predicted['label'];
  if (isPlain(named)) return String(named);
  const field = signature?.outputs.find(
    ({ levels, type }) => levels !== undefined || type === 'category',
  );
  const value =
    predicted[field?.name ?? ''] ??
    Object.values(predicted).find((one) => typeof one === 'string' || typeof one === 'boolean');
  return isPlain(value) ? String(value) : undefined;
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Compares a predicted row with what happened. An object names its outputs; anything else is the one value. */
export function judge(
  predicted: Row,
  actual: unknown,
  signature: Signature | undefined,
): Judgement {
  const answer = readAnswer(predicted, signature);
  const value = toSingle(actual, signature);
  if (answer.label !== undefined) {
    const happened = toActualLabel(actual, signature, answer.classes);
    return happened === undefined ? NONE : judgeClass(answer, happened);
  }
  if (answer.number !== undefined && typeof value === 'number')
    return judgeNumber(answer.number, value);
  if (
    answer.number !== undefined &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    !Number.isNaN(Number(value))
  )
    return judgeNumber(answer.number, Number(value));
  return NONE;
}

/** `{ label: "yes" }` and `{ prediction: 3 }` mean the value itself. */
function toSingle(actual: unknown, signature: Signature | undefined): unknown {
  if (typeof actual !== 'object' || actual === null) return actual;
  const row = actual as Row;
  const name = [
    'label',
    'prediction',
    ...(signature?.outputs ?? []).map((field) => field.name),
  ].find((one) => row[one] !== undefined);
  return name === undefined ? Object.values(row)[0] : row[name];
}

/**
 * The class of that name or number: 1 is `01`. Otherwise 1 and true stand for the second of two. Undefined for words
 * like NA that are no class: then nothing is known.
 */
function toLabel(value: unknown, classes: readonly string[]): string | undefined {
  const text = isPlain(value) ? String(value) : '';
  if (classes.includes(text)) return text;
  return isMissingText(text)
    ? undefined
    : (findByNumber(text, classes) ?? findTruth(text, classes));
}

function findByNumber(text: string, classes: readonly string[]): string | undefined {
  const number = toNumber(text);
  const same = number === undefined ? [] : classes.filter((one) => toNumber(one) === number);
  return same.length === 1 ? same[0] : undefined;
}

function findTruth(text: string, classes: readonly string[]): string {
  if (classes.length !== 2) return text;
  if (text === '1' || text.toLowerCase() === 'true') return classes[1] ?? text;
  return text === '0' || text.toLowerCase() === 'false' ? (classes[0] ?? text) : text;
}

function judgeNumber(predicted: number, actual: number): Judgement {
  const error = predicted - actual;
  const absolute = Math.abs(error);
  return {
    kind: 'number',
    scores: { error, absolute_error: absolute, squared_error: error * error },
    loss: absolute,
  };
}

function judgeClass({ label, chances, classes }: Answer, actual: string): Judgement {
  const correct = label === actual ? 1 : 0;
  const place = classes.indexOf(actual);
  const chance = chances?.[place];
  if (chances === undefined || chance === undefined)
    return { kind: 'class', scores: { correct }, loss: 1 - correct };
  const log_loss = -Math.log(Math.max(LEAST_PROBABILITY, chance));
  return {
    kind: 'class',
    scores: { correct, log_loss, brier: toBrier(chances, place) },
    loss: log_loss,
  };
}

/** Brier (1950): the sum over classes of the squared distance; for two classes half of it, as is usual. */
function toBrier(chances: readonly number[], place: number): number {
  const sum = chances.reduce(
    (all, chance, index) => all + (chance - (index === place ? 1 : 0)) ** 2,
    0,
  );
  return chances.length === 2 ? sum / 2 : sum;
}

/**
 * The actual value as a label; undefined when nothing is known, as of a chance of nobody knows which of two classes
 * when what happened is neither 0 nor 1.
 */
export function toActualLabel(
  actual: unknown,
  signature: Signature | undefined,
  classes: readonly string[],
): string | undefined {
  const label = toLabel(toSingle(actual, signature), classes);
  const isGuessed = signature?.task === 'probability' && signature.classes?.length !== 2;
  return isGuessed && label !== undefined && !classes.includes(label) ? undefined : label;
}

/** The actual value as a number; undefined when it is none. */
export function toActualNumber(
  actual: unknown,
  signature: Signature | undefined,
): number | undefined {
  const value = toSingle(actual, signature);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
