/** What drift is measured against: the examples or a training file, or the first predictions of the version. */
import type { Scope } from '#base';
import type { PredictionReferenceRow, PredictionSketchRow } from '#store';
import type { Field, Row, Signature } from '../../signatures/signature.ts';
import { isMissingCell, toValueReader } from '../../signatures/values.ts';
import type { Tensor, Value } from '../../tensors/tensor.ts';
import { predictionFailures } from '../errors.ts';
import { HOUR_MS } from '../log/tallies.ts';
import { readSignature } from '../log/storage.ts';
import type { PredictionPorts } from '../ports.ts';
import { createFiller, toSketchPlan } from '../sketches/fill-sketch.ts';
import { createSketch, mergeSketch, type Sketch } from '../sketches/sketch.ts';
import { relate, type Related } from './relate.ts';

/** Fewer rows say too little to be a reference. */
export const LEAST_REFERENCE_ROWS = 30;
/** Predictions that make a reference where there is no other. */
const FIRST_ROWS = 1000;
/** Sketches that one question reads: an hour has one for each gateway that answered. */
const MOST_ROWS = 20_000;

export interface Reference {
  readonly source: string;
  readonly rows: number;
  readonly sketch: Sketch;
  readonly related: Related | undefined;
  /** Windows before this are part of the reference and not compared. */
  readonly until: number;
}

/** Counts rows as if they had been predicted. Texts are read by the types of the fields, as CSV has them. */
export function sketchRows(signature: Signature, rows: readonly Row[]): Sketch {
  const sketch = createSketch();
  const toTensor = (field: Field): Tensor => {
    const { name, datatype } = field;
    const read = toReader(field);
    return { name, datatype, shape: [rows.length], data: rows.map((row) => read(row[name])) };
  };
  const named = (fields: readonly Field[]) =>
    fields.filter(
      ({ name, shape }) => shape.length === 0 && rows.some((row) => row[name] !== undefined),
    );
  const fill = createFiller(sketch, toSketchPlan(signature));
  fill(rows.length, named(signature.inputs).map(toTensor), named(signature.outputs).map(toTensor));
  return sketch;
}

const isMissing = (value: unknown, field: Pick<Field, 'levels'> = {}) =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && isMissingCell(value, field));

function toNumber(value: unknown): number | null {
  const number = isMissing(value) ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}

/** Values as they would have been counted when they were predicted: `TRUE` is the level true, ` north` is north. */
function toReader(field: Field): (value: unknown) => Value {
  const read = toValueReader(field, true);
  return (value) => {
    if (isMissing(value, field)) return null;
    if (field.type === 'number' || field.type === 'integer') return toNumber(value);
    if (field.type === 'boolean')
      return value === true || value === 1 || /^(?:true|t|1|yes)$/i.test(toText(value));
    return read(value) ?? toText(value);
  };
}

const toText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Stores the reference of a version; the one before is replaced. AO681 for a version nobody registered. */
export async function setReference(
  { db, clock }: PredictionPorts,
  { projectId }: Scope,
  model: string,
  {
    version,
    source,
    rows,
  }: { readonly version: number; readonly source: string; readonly rows: readonly Row[] },
): Promise<{ readonly rows: number }> {
  const signature = await readSignature(db, projectId, model, version);
  if (signature === undefined)
    throw predictionFailures.create('AO681', `Version ${version} of ${model} is not known here.`, {
      hint: 'ao versions',
    });
  const sketch = sketchRows(signature, rows);
  const related = relate(signature, sketch, rows, toNumber);
  const row: PredictionReferenceRow = {
    project_id: projectId,
    model,
    version,
    source,
    row_count: rows.length,
    sketch: JSON.stringify({ ...sketch, related }),
    created_at: clock(),
  };
  await db.write(async (tx) => {
    await tx.upsert('prediction_references', [row]);
    await tx.addChanges(projectId, [{ kind: 'model', id: model }]);
  });
  return { rows: rows.length };
}

/** The stored reference when it has enough rows, otherwise the first predictions; undefined while there are too few. */
export async function findReference(
  { db }: Pick<PredictionPorts, 'db'>,
  { projectId }: Scope,
  model: string,
  version: number,
): Promise<Reference | undefined> {
  const [row] = await db.read<PredictionReferenceRow>(
    'SELECT * FROM prediction_references WHERE project_id = ? AND model = ? AND version = ?',
    [projectId, model, version],
  );
  if (row !== undefined && row.row_count >= LEAST_REFERENCE_ROWS) {
    const stored = JSON.parse(row.sketch) as Sketch & { readonly related?: Related };
    const sketch = mergeSketch(createSketch(), stored);
    const { source, row_count: rows } = row;
    return { source, rows, sketch, related: stored.related, until: 0 };
  }
  const hours = await readHours(db, projectId, { model, version }, [0, Number.MAX_SAFE_INTEGER]);
  const sketch = createSketch();
  for (const { hour, sketch: text } of hours) {
    if (sketch.rows >= FIRST_ROWS && hour > 0) {
      const until = Math.min(...hours.filter((one) => one.hour >= hour).map((one) => one.hour));
      return {
        source: `the first ${sketch.rows} predicted rows of version ${version}`,
        rows: sketch.rows,
        sketch,
        related: undefined,
        until,
      };
    }
    mergeSketch(sketch, JSON.parse(text) as Sketch);
  }
  return undefined;
}

/** Hourly sketches of a version's own answers, oldest first. */
export function readHours(
  db: PredictionPorts['db'],
  projectId: string,
  { model, version }: { readonly model: string; readonly version: number },
  [from, to]: readonly [number, number],
): Promise<readonly PredictionSketchRow[]> {
  return db.read(
    `SELECT * FROM prediction_sketches WHERE project_id = ? AND model = ? AND version = ? AND route = 'live'
     AND hour >= ? AND hour < ? ORDER BY hour LIMIT ${MOST_ROWS}`,
    [projectId, model, version, Math.floor(from / HOUR_MS) * HOUR_MS, to],
  );
}
