/** Counts columns into a sketch. Runs when predictions are written, not when they are made. */
import type { Field, Signature } from '../../signatures/signature.ts';
import type { Tensor, Value } from '../../tensors/tensor.ts';
import {
  createFieldSketch,
  isCountedOnly,
  MOST_LEVELS,
  toBin,
  toBins,
  UNSEEN,
  type FieldSketch,
  type Sketch,
} from './sketch.ts';

/** What is done with the columns of a version; made once, used for every flush. */
export interface SketchPlan {
  readonly inputs: ReadonlyMap<string, Field>;
  readonly outputs: ReadonlyMap<string, Field>;
  readonly classes: readonly string[];
}

/** Without a signature every column is counted by its datatype. Of what is hidden no value is counted. */
export function toSketchPlan(
  signature: Signature | undefined,
  redact: readonly string[] = [],
): SketchPlan {
  const toMap = (fields: readonly Field[]) => {
    const map = new Map(fields.map((field) => [field.name, field]));
    for (const name of redact)
      map.set(name, { ...(map.get(name) ?? toHidden(name)), sensitive: true });
    return map;
  };
  return {
    inputs: toMap(signature?.inputs ?? []),
    outputs: toMap(signature?.outputs ?? []),
    classes: (signature?.classes ?? []).map(String),
  };
}

const toHidden = (name: string): Field =>
  toUnknownField({ name, datatype: 'BYTES', shape: [0], data: [] });

/** Adds the columns of one prediction of so many rows. */
export type Filler = (
  rows: number,
  inputs: readonly Tensor[] | undefined,
  outputs: readonly Tensor[] | undefined,
) => void;

/** Fills one sketch. Where the values of a column go is found once, not for every prediction. */
export function createFiller(sketch: Sketch, plan: SketchPlan): Filler {
  const addInput = createAdder(sketch.inputs, plan.inputs, []);
  const addOutput = createAdder(sketch.outputs, plan.outputs, plan.classes);
  return (rows, inputs, outputs) => {
    sketch.predictions++;
    sketch.rows += rows;
    if (inputs !== undefined) for (const tensor of inputs) addInput(tensor);
    if (outputs !== undefined) for (const tensor of outputs) addOutput(tensor);
  };
}

/** Where the values of a column go. */
interface Column {
  readonly datatype: Tensor['datatype'];
  readonly field: Field;
  readonly isCounted: boolean;
  readonly known: ReadonlySet<string> | undefined;
  /** One for each place in a row. */
  readonly sketches: readonly FieldSketch[];
  readonly width: number;
}

function createAdder(
  into: Record<string, FieldSketch>,
  fields: ReadonlyMap<string, Field>,
  classes: readonly string[],
) {
  const columns = new Map<string, Column>();
  return (tensor: Tensor) => {
    const width = toWidth(tensor);
    let column = columns.get(tensor.name);
    if (column?.width !== width || column.datatype !== tensor.datatype) {
      const field = fields.get(tensor.name) ?? toUnknownField(tensor);
      column = openColumn(into, field, tensor, width, classes);
      columns.set(tensor.name, column);
    }
    addValues(column, tensor);
  };
}

function openColumn(
  into: Record<string, FieldSketch>,
  field: Field,
  { name, datatype }: Tensor,
  width: number,
  classes: readonly string[],
): Column {
  const sketches = toPlaces(name, width, classes).map(
    (place) => (into[place] ??= createFieldSketch(toBins(field))),
  );
  const levels = field.levels?.map(String) ?? field.seen;
  const known = levels === undefined ? undefined : new Set(levels);
  return { datatype, field, isCounted: isCountedOnly(field), known, sketches, width };
}

/** Several values a row: one sketch for each place while they are few, as with the probabilities of classes. */
function toPlaces(name: string, width: number, classes: readonly string[]): readonly string[] {
  if (width === 1) return [name];
  if (width < 1 || width > 50) return [];
  return Array.from(
    { length: width },
    (_, place) => `${name}[${classes.length === width ? classes[place] : place}]`,
  );
}

function toWidth({ shape }: Tensor): number {
  let width = 1;
  for (let index = 1; index < shape.length; index++) width *= shape[index] ?? 1;
  return width;
}

function toUnknownField({ name, datatype, shape }: Tensor): Field {
  const type = datatype === 'BYTES' ? 'string' : datatype === 'BOOL' ? 'boolean' : 'number';
  const rules = { required: true, nullable: true, evidence: 'object' } as const;
  return { name, type, datatype, shape: shape.slice(1), ...rules };
}

function addValues({ field, isCounted, known, sketches, width }: Column, { data }: Tensor): void {
  for (let place = 0; place < sketches.length; place++) {
    const sketch = sketches[place];
    if (sketch === undefined) continue;
    const isNumber = sketch.bins !== undefined;
    for (let index = place; index < data.length; index += width) {
      const value = data[index] as Value;
      sketch.count++;
      if (value === null || (typeof value === 'number' && Number.isNaN(value))) sketch.missing++;
      else if (isCounted) continue;
      else if (isNumber) addNumber(sketch, field, Number(value));
      else addLevel(sketch, known, String(value), field.levels === undefined);
    }
  }
}

function addNumber(sketch: FieldSketch, { trained }: Field, value: number): void {
  const { bins } = sketch;
  if (bins === undefined || !Number.isFinite(value)) {
    sketch.other++;
    return;
  }
  sketch.sum += value;
  sketch.sumOfSquares += value * value;
  if (sketch.min === null || value < sketch.min) sketch.min = value;
  if (sketch.max === null || value > sketch.max) sketch.max = value;
  if (trained !== undefined && (value < trained.min || value > trained.max)) sketch.extrapolated++;
  const bin = toBin(bins, value);
  sketch.histogram[bin] = (sketch.histogram[bin] ?? 0) + 1;
}

function addLevel(
  sketch: FieldSketch,
  known: ReadonlySet<string> | undefined,
  value: string,
  isOpen: boolean,
): void {
  const isNew = known !== undefined && !known.has(value);
  if (isNew) sketch.unseen++;
  const level = isNew && isOpen ? UNSEEN : value;
  const before = sketch.levels[level];
  if (before !== undefined) sketch.levels[level] = before + 1;
  else if (Object.keys(sketch.levels).length < MOST_LEVELS) sketch.levels[level] = 1;
  else sketch.other++;
}
