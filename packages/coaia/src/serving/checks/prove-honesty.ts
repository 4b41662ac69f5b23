/** Whether rows may be predicted together: together and one by one must give the same answers. */
import type { Field, Row, Signature } from '../signatures/signature.ts';
import type { Service } from './ask-model.ts';

export type Proof =
  | { readonly kind: 'honest'; readonly rows: number }
  | {
      readonly kind: 'dishonest';
      readonly rows: number;
      /** Counts from 1. */
      readonly row: number;
      /** Undefined when the answers are not numbers. */
      readonly difference?: number;
    }
  /** The same row asked twice gives two answers. */
  | { readonly kind: 'random'; readonly rows: number; readonly row: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Different rows that are compared, and rows of the request that holds them all. */
const MOST = 64;

/** Milliseconds after which no more rows are asked one by one. */
const LONGEST = 15_000;

/** Relative; sums in another order differ by less. */
const TOLERANCE = 1e-9;

/** Asks for all rows at once and then one after another, so that nothing merges them. */
export async function proveHonesty(service: Service, sound: readonly Row[]): Promise<Proof> {
  const rows = listRows(service.signature, sound);
  if (rows.length < 2)
    return { kind: 'unknown', reason: 'there are not two different rows to compare' };
  // As many as are merged in service: arithmetic libraries work differently from some size on.
  const merged = Array.from({ length: MOST }, (_, at) => rows[at % rows.length] ?? {});
  const together = await askAll(service, merged);
  const single = await askEach(service, rows);
  if (together === undefined || single === undefined)
    return { kind: 'unknown', reason: 'the model failed on some rows' };
  const count = single.length;
  const worst = findWorst(single, together, rows.length);
  if (worst === undefined) return { kind: 'honest', rows: count };
  const again = await askEach(service, rows.slice(0, count));
  const changed = again === undefined ? undefined : findWorst(again, single, count);
  if (changed !== undefined) return { kind: 'random', rows: count, row: changed.row };
  return { kind: 'dishonest', rows: count, ...worst };
}

/** All in one request; undefined when the model fails or answers another number of rows. */
async function askAll(service: Service, rows: readonly Row[]): Promise<readonly Row[] | undefined> {
  const answer = await service.ask(rows);
  return answer.rows?.length === rows.length ? answer.rows : undefined;
}

/** One after another; fewer of a slow model. */
async function askEach(
  service: Service,
  rows: readonly Row[],
): Promise<readonly Row[] | undefined> {
  const answers: Row[] = [];
  const end = performance.now() + LONGEST;
  for (const row of rows) {
    if (performance.now() > end && answers.length > 1) break;
    const answer = await askAll(service, [row]);
    if (answer === undefined) return undefined;
    answers.push(...answer);
  }
  return answers;
}

/** The row whose answer differs most from any of its answers in `others`, where it comes again every `period` rows. */
function findWorst(
  answers: readonly Row[],
  others: readonly Row[],
  period: number,
): { readonly row: number; readonly difference?: number } | undefined {
  const differences = answers.map((row, index) => {
    const same = others.filter((_, at) => at % period === index);
    return Math.max(0, ...same.map((other) => compare(row, other)));
  });
  const largest = Math.max(0, ...differences);
  if (largest === 0) return undefined;
  const row = differences.indexOf(largest) + 1;
  return Number.isFinite(largest) ? { row, difference: largest } : { row };
}

/** 0 for the same, the absolute difference of numbers, infinity for anything else that differs. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = Math.abs(a - b);
    return difference <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) ? 0 : difference;
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return Math.max(0, ...a.map((one: unknown, index) => compare(one, b[index])));
  if (isRow(a) && isRow(b)) {
    const names = Object.keys(a);
    if (names.length !== Object.keys(b).length) return Number.POSITIVE_INFINITY;
    return Math.max(0, ...names.map((name) => compare(a[name], b[name])));
  }
  return a === b ? 0 : Number.POSITIVE_INFINITY;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The examples, and the example row with one input after another moved through what is known of it. */
function listRows(signature: Signature, sound: readonly Row[]): readonly Row[] {
  const { example, inputs } = signature;
  const moved = inputs.flatMap((field) =>
    listValues(field, example[field.name]).map((value) => ({ ...example, [field.name]: value })),
  );
  const all = [...sound, example, ...moved];
  const distinct = new Map(all.map((row) => [JSON.stringify(row), row]));
  return [...distinct.values()].slice(0, MOST);
}

function listValues(field: Field, value: unknown): readonly unknown[] {
  const { type, levels, shape } = field;
  if (shape.length > 0) return listLists(value);
  if (levels !== undefined) return levels;
  if (type === 'boolean') return [true, false];
  return type === 'number' || type === 'integer' ? listNumbers(field, value) : [];
}

/** A list of numbers, moved twice. */
function listLists(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'number')) return [];
  return [value.map((one) => one + 1), value.map((one) => one / 2)];
}

/** Both ends and the middle of what is known, otherwise one step beside the example. */
function listNumbers(field: Field, value: unknown): readonly number[] {
  const round = field.type === 'integer' ? Math.round : (number: number) => number;
  const { min, max } = toBounds(field);
  if (Number.isFinite(min) && Number.isFinite(max)) return [min, round((min + max) / 2), max];
  if (typeof value !== 'number') return [];
  const step = round(value + Math.max(1, Math.abs(value)) / 2);
  return step >= min && step <= max ? [step] : [];
}

function toBounds({ trained, min, max }: Field): { readonly min: number; readonly max: number } {
  return {
    min: trained?.min ?? min ?? Number.NEGATIVE_INFINITY,
    max: trained?.max ?? max ?? Number.POSITIVE_INFINITY,
  };
}
