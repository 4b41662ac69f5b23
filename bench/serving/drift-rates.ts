/**
 * What the alarms of drift really do: `node bench/serving/drift-rates.ts [MONTHS]`. Months of 52 windows without drift,
 * and windows until a change is found. Windows of 500 rows, a reference of 2,000, alert 0.05.
 */
import { createSeeded } from '../../packages/coaia/src/curation/index.ts';
import {
  judgeWhole,
  toLevels,
} from '../../packages/coaia/src/serving/predictions/drift/verdict.ts';
import { relate } from '../../packages/coaia/src/serving/predictions/drift/relate.ts';
import {
  createFieldSketch,
  createSketch,
  mergeField,
  toBin,
  type FieldSketch,
} from '../../packages/coaia/src/serving/predictions/sketches/sketch.ts';

const [ROWS, REFERENCE, WINDOWS] = [500, 2000, 52];
/** 720 hours in 52 windows. */
const HOURS = 14;
const MONTHS = Number(process.argv[2] ?? 400);
const BINS = { kind: 'range', low: -4, high: 4, count: 32 } as const;
const LEVELS = [0.5, 0.3, 0.2];

const random = createSeeded(Number(process.argv[3] ?? 1));
const normal = () =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283_185_307_179_586 * random());

/** One row: values of numbers that go together by `correlation`. */
function drawRow(fields: number, correlation: number, row: Float64Array): void {
  const [shared, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
  const common = correlation === 0 ? 0 : normal();
  for (let field = 0; field < fields; field++) row[field] = shared * common + own * normal();
}

type Kind = (value: number, sketch: FieldSketch) => void;

const addNumber = (value: number, sketch: FieldSketch) => {
  const bin = toBin(BINS, value);
  sketch.histogram[bin] = (sketch.histogram[bin] ?? 0) + 1;
};
const addLevel = (value: number, sketch: FieldSketch, levels = LEVELS) => {
  let [left, level] = [phi(value), 0];
  while (level < levels.length - 1 && left > (levels[level] ?? 0)) left -= levels[level++] ?? 0;
  sketch.levels[`l${level}`] = (sketch.levels[`l${level}`] ?? 0) + 1;
};
/** Logistic stand-in for the normal distribution function; any rising one will do to cut levels. */
const phi = (value: number) => 1 / (1 + Math.exp(-1.702 * value));

/** Normal, skewed, whole, mostly nought, and a category; each but the first with a few missing. */
const KINDS: readonly Kind[] = [
  addNumber,
  (value, sketch) => addNumber(Math.exp(value) - 3, sketch),
  (value, sketch) => addNumber(Math.round(value), sketch),
  (value, sketch) => addNumber(value > 1.9 ? value : 0, sketch),
  (value, sketch) => (random() < 0.02 ? sketch.missing++ : addLevel(value, sketch)),
];

function draw(
  count: number,
  fields: number,
  correlation: number,
  isMixed: boolean,
  isKept = false,
) {
  const sketches = Array.from({ length: fields }, (_, field) =>
    createFieldSketch(isMixed && field % 5 === 4 ? undefined : BINS),
  );
  const values = new Float64Array(fields);
  const rows: Record<string, number>[] = [];
  for (let row = 0; row < count; row++) {
    drawRow(fields, correlation, values);
    for (const [field, sketch] of sketches.entries()) {
      sketch.count++;
      (KINDS[isMixed ? field % 5 : 0] ?? addNumber)(values[field] ?? 0, sketch);
    }
    if (isKept)
      rows.push(Object.fromEntries(Array.from(values, (value, field) => [`f${field}`, value])));
  }
  return { sketches, rows };
}

function toPlan(fields: number, correlation: number, isMixed: boolean, isRelated = true) {
  const { sketches, rows } = draw(REFERENCE, fields, correlation, isMixed, isRelated);
  const sketch = createSketch();
  for (const [field, one] of sketches.entries()) sketch.inputs[`f${field}`] = one;
  sketch.rows = REFERENCE;
  const inputs = sketches.map((_, field) => ({
    name: `f${field}`,
    type: 'number' as const,
    trained: { min: BINS.low, max: BINS.high },
    shape: [],
    datatype: 'FP64' as const,
    required: true,
    nullable: false,
    evidence: 'object' as const,
  }));
  const related =
    isMixed || !isRelated
      ? undefined
      : relate({ inputs, outputs: [] } as never, sketch, rows, Number);
  return { alert: 0.05, windowHours: HOURS, reference: { sketch, related, rows: REFERENCE } };
}

/** The first window that alarms; undefined for none. */
function findAlarm(plan: ReturnType<typeof toPlan>, next: () => readonly FieldSketch[]) {
  const levels = toLevels(plan, ROWS);
  const before: (readonly FieldSketch[])[] = [];
  for (let window = 1; window <= WINDOWS; window++) {
    const now = next();
    before.push(now);
    if (before.length > 7) before.shift();
    const isAlarm = now.some((sketch, field) => {
      const reference = plan.reference.sketch.inputs[`f${field}`] ?? sketch;
      const long = createFieldSketch(sketch.bins);
      for (const one of before) mergeField(long, one[field] ?? long);
      const test = judgeWhole(reference, sketch, long, levels, before.length);
      return test !== undefined && test.p < levels.whole;
    });
    if (isAlarm) return window;
  }
  return undefined;
}

console.log('fields correlation kind      months with an alarm (stated: at most 5 %)');
for (const [fields, correlation, isMixed, part] of [
  [5, 0, false, 1],
  [5, 0.8, false, 1],
  [20, 0, false, 1],
  [20, 0.8, false, 1],
  [20, 0.8, true, 1],
  [100, 0, false, 0.5],
  [100, 0.8, false, 0.5],
] as const) {
  const months = Math.round(MONTHS * part);
  let alarms = 0;
  let first: ReturnType<typeof toPlan> | undefined;
  for (let month = 0; month < months; month++) {
    const plan = toPlan(fields, correlation, isMixed, first === undefined);
    // Correlations of the first month serve all: they hardly differ, and a level takes long.
    first ??= plan;
    const { sketch } = plan.reference;
    const same = { ...first, reference: { ...first.reference, sketch } };
    const found = findAlarm(same, () => draw(ROWS, fields, correlation, isMixed).sketches);
    if (found !== undefined) alarms++;
  }
  console.log(`${fields} ${correlation} ${isMixed ? 'mixed' : 'numbers'} ${alarms} of ${months}`);
}

console.log('change         windows until the alarm: median, 90 %, not within 52 (20 fields)');
const plan = toPlan(20, 0, false);
const at = (sorted: readonly number[], share: number) => sorted[Math.floor(share * sorted.length)];
const show = (name: string, next: () => FieldSketch, reference: () => FieldSketch) => {
  const found = Array.from({ length: 200 }, () => {
    plan.reference.sketch.inputs['f0'] = reference();
    return findAlarm(plan, () => [next()]) ?? WINDOWS + 1;
  }).toSorted((left, right) => left - right);
  const late = found.filter((one) => one > WINDOWS).length;
  console.log(
    `${name} ${at(found, 0.5)} ${at(found, 0.9)} ${late} of 200; in the first: ${found.filter((one) => one === 1).length}`,
  );
};
const numbers = (count: number, shift: number) => {
  const sketch = createFieldSketch(BINS);
  for (let row = 0; row < count; row++) addNumber(normal() + shift, sketch);
  sketch.count = count;
  return sketch;
};
const levels = (count: number, shares: readonly number[]) => {
  const sketch = createFieldSketch(undefined);
  for (let row = 0; row < count; row++) {
    let [left, level] = [random(), 0];
    while (level < shares.length - 1 && left > (shares[level] ?? 0)) left -= shares[level++] ?? 0;
    sketch.levels[`l${level}`] = (sketch.levels[`l${level}`] ?? 0) + 1;
  }
  sketch.count = count;
  return sketch;
};
for (const shift of [0.1, 0.2, 0.3, 0.5])
  show(
    `shift of ${shift} sd`,
    () => numbers(ROWS, shift),
    () => numbers(REFERENCE, 0),
  );
show(
  'share 0.5 to 0.45',
  () => levels(ROWS, [0.45, 0.33, 0.22]),
  () => levels(REFERENCE, LEVELS),
);
