/**
 * Columns of predictions while they come in: numbers side by side in one array, everything else as it is. Of what is
 * given only values stay, so that a busy gateway does not carry thousands of requests through its collector.
 */
import type { Tensor, TensorData, Value } from '../../tensors/tensor.ts';
import type { Layout, LayoutColumn, Storage } from './layout.ts';

/** Texts of a column that are kept once; labels are few, names are not. */
const MOST_SHARED = 256;

interface GrowingLayout {
  readonly columns: readonly GrowingColumn[];
  rows: number;
}

/** Gathers columns; `add` answers which layout the prediction is in. */
export function createLayouts() {
  const layouts: GrowingLayout[] = [];
  const places = new Map<string, number>();
  let last: readonly Tensor[] = [];
  let lastPlace = -1;
  const find = (columns: readonly Tensor[]): number => {
    if (lastPlace >= 0 && isAlike(columns, last)) return lastPlace;
    const key = toKey(columns);
    const place =
      places.get(key) ??
      layouts.push({ columns: columns.map((one) => new GrowingColumn(one)), rows: 0 }) - 1;
    places.set(key, place);
    last = columns.map((column) => ({ ...column, data: [] }));
    lastPlace = place;
    return place;
  };
  return {
    add(columns: readonly Tensor[], rows: number): number {
      const place = find(columns);
      const layout = layouts[place];
      if (layout === undefined) return place;
      layout.rows += rows;
      for (let index = 0; index < columns.length; index++)
        layout.columns[index]?.add(columns[index]?.data ?? []);
      return place;
    },
    /** The layouts as they are stored, their numbers appended to `tails`. */
    close: (tails: Uint8Array[]): readonly Layout[] =>
      layouts.map(({ rows, columns }) => ({
        rows,
        columns: columns.map((column) => column.close(tails)),
      })),
  };
}

/** Same names, datatypes and inner shapes; most predictions are like the one before. */
function isAlike(columns: readonly Tensor[], last: readonly Tensor[]): boolean {
  return (
    columns.length === last.length &&
    columns.every((column, index) => {
      const other = last[index];
      return other !== undefined && isSameForm(column, other);
    })
  );
}

function isSameForm(one: Tensor, other: Tensor): boolean {
  if (one.name !== other.name || one.datatype !== other.datatype) return false;
  if (one.shape.length !== other.shape.length) return false;
  for (let index = 1; index < one.shape.length; index++)
    if (one.shape[index] !== other.shape[index]) return false;
  return true;
}

const toKey = (columns: readonly Tensor[]): string =>
  JSON.stringify(columns.map(({ name, datatype, shape }) => [name, datatype, ...shape.slice(1)]));

class GrowingColumn {
  readonly #tensor: Pick<Tensor, 'name' | 'datatype' | 'shape'>;
  readonly #storage: Storage;
  /** Undefined once there was something that is no plain number. */
  #numbers: Float64Array | Float32Array | undefined;
  readonly #values: Value[] = [];
  readonly #texts = new Map<string, string>();
  #length = 0;

  constructor({ name, datatype, shape }: Tensor) {
    this.#tensor = { name, datatype, shape };
    this.#storage = datatype === 'FP32' ? 'f32' : 'f64';
    this.#numbers = this.#storage === 'f32' ? new Float32Array(64) : new Float64Array(64);
  }

  add(data: TensorData): void {
    if (!this.#addNumbers(data))
      for (const value of data) this.#values.push(this.#share(toJsonValue(value)));
    this.#length += data.length;
  }

  /** False where the values are no plain numbers; then nothing was added. */
  #addNumbers(data: TensorData): boolean {
    if (this.#numbers === undefined) return false;
    if (this.#numbers.length < this.#length + data.length)
      this.#numbers = enlarge(this.#numbers, this.#length + data.length);
    for (let index = 0; index < data.length; index++) {
      const value = data[index];
      if (typeof value !== 'number') {
        for (const one of this.#numbers.subarray(0, this.#length))
          this.#values.push(toJsonValue(one));
        this.#numbers = undefined;
        return false;
      }
      this.#numbers[this.#length + index] = value;
    }
    return true;
  }

  /** The same text as before, where it is one of few. */
  #share(value: Value): Value {
    if (typeof value !== 'string') return value;
    const known = this.#texts.get(value);
    if (known === undefined && this.#texts.size < MOST_SHARED) this.#texts.set(value, value);
    return known ?? value;
  }

  close(tails: Uint8Array[]): LayoutColumn {
    const { name, datatype, shape } = this.#tensor;
    const place = { name, datatype, inner: shape.slice(1), length: this.#length };
    if (this.#numbers === undefined) return { ...place, storage: 'json', values: this.#values };
    const { buffer } = this.#numbers.slice(0, this.#length);
    tails.push(new Uint8Array(buffer));
    return { ...place, storage: this.#storage };
  }
}

function enlarge<T extends Float64Array | Float32Array>(numbers: T, least: number): T {
  const Numbers = numbers.constructor as new (size: number) => T;
  const larger = new Numbers(Math.max(2 * numbers.length, least));
  larger.set(numbers);
  return larger;
}

function toJsonValue(value: Value): Value {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
