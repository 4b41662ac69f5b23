/** Counts columns into a sketch. Runs when predictions are written, not when they are made. */
import type { Field, Signature } from '../../signatures/signature.ts';
import type { Tensor, Value } from '../../tensors/tensor.ts';
import {
  createFieldSketch,
  isCountedOnly,
  MOST_LEVELS,
  toBin,
  toBins,
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

/** Adds the columns of one prediction. */
export function fillSketch(
  sketch: Sketch,
  plan: SketchPlan,
  {
    inputs,
    outputs,
    rows,
  }: {
    readonly inputs?: readonly Tensor[];
    readonly outputs?: readonly Tensor[];
    readonly rows: number;
  },
): void {
  sketch.predictions++;
  sketch.rows += rows;
  for (const tensor of inputs ?? [])
    addColumn(sketch.inputs, plan.inputs.get(tensor.name), tensor, []);
  for (const tensor of outputs ?? [])
    addColumn(sketch.outputs, plan.outputs.get(tensor.name), tensor, plan.classes);
}

function addColumn(
  into: Record<string, FieldSketch>,
  known: Field | undefined,
  tensor: Tensor,
  classes: readonly string[],
): void {
  const field = known ?? toUnknownField(tensor);
  const width = toWidth(tensor);
  if (width === 1) {
    into[tensor.name] ??= createFieldSketch(toBins(field));
    addValues(into[tensor.name], field, tensor, { first: 0, step: 1 });
    return;
  }
  // Several values a row: one sketch for each place while they are few, as with the probabilities of classes.
  if (width < 1 || width > 50) return;
  for (let place = 0; place < width; place++) {
    const name = `${tensor.name}[${classes.length === width ? classes[place] : place}]`;
    into[name] ??= createFieldSketch(toBins(field));
    addValues(into[name], field, tensor, { first: place, step: width });
  }
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

interface Places {
  readonly first: number;
  readonly step: number;
}

function addValues(
  sketch: FieldSketch | undefined,
  field: Field,
  { data }: Tensor,
  { first, step }: Places,
): void {
  if (sketch === undefined) return;
  const { bins } = sketch;
  const isCounted = isCountedOnly(field);
  const known = findLevels(field);
  for (let index = first; index < data.length; index += step) {
    const value = data[index] as Value;
    sketch.count++;
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) sketch.missing++;
    else if (isCounted) continue;
    else if (bins !== undefined) addNumber(sketch, field, Number(value));
    else addLevel(sketch, known, String(value));
  }
}

const levelSets = new WeakMap<Field, ReadonlySet<string>>();

function findLevels(field: Field): ReadonlySet<string> | undefined {
  if (field.levels === undefined) return undefined;
  let known = levelSets.get(field);
  if (known === undefined) levelSets.set(field, (known = new Set(field.levels.map(String))));
  return known;
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
  level: string,
): void {
  if (known !== undefined && !known.has(level)) sketch.unseen++;
  const before = sketch.levels[level];
  if (before !== undefined) sketch.levels[level] = before + 1;
  else if (Object.keys(sketch.levels).length < MOST_LEVELS) sketch.levels[level] = 1;
  else sketch.other++;
}
