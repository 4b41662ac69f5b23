/** Counts since this observer was opened: ten-second statistics and hourly sketches, whole rows ready to be written. */
import type { Signature } from '../../signatures/signature.ts';
import type { PredictionRecord } from '../observer.ts';
import {
  createFiller,
  toSketchPlan,
  type Filler,
  type SketchPlan,
} from '../sketches/fill-sketch.ts';
import { toLatencyBin, type LatencyHistogram } from '../sketches/latency.ts';
import { createSketch, type Sketch } from '../sketches/sketch.ts';
import type { Flush } from './flush.ts';
import { toRowCount } from './segment.ts';

export const STAT_MS = 10_000;
export const HOUR_MS = 3_600_000;
/** Tag of requests that `ao bench` sends; they are counted, and no part of what drift is judged by. */
export const MEASUREMENT = 'bench';
/** Ends the route of rows that stand for a whole hour. */
export const HOURLY = '-hour';
/** Rows stay in memory this long after their time, for predictions that end late. */
const KEPT_MS = 300_000;

interface Stat {
  readonly model: string;
  readonly version: number;
  readonly route: string;
  readonly at: number;
  readonly latency: LatencyHistogram;
  predictions: number;
  row_count: number;
  failed: number;
  refused: number;
  flagged: number;
  dropped: number;
  total_ms: number;
}

interface HourSketch {
  readonly model: string;
  readonly version: number;
  readonly route: string;
  readonly hour: number;
  readonly sketch: Sketch;
  readonly fill: Filler;
}

export interface Tallies {
  /** Counts one prediction by the time it ended. */
  add(record: PredictionRecord): void;
  /** Counts predictions of which nothing else is known any more. */
  addDropped(model: string, version: number, at: number, count: number): void;
  /** Rows that changed since the last time. */
  take(): Pick<Flush, 'sketches' | 'stats'>;
  /** What was taken was written: rows whose time is long over are forgotten. */
  forgetOld(): void;
  /** What was taken was not written, and counts as changed again. */
  putBack(): void;
}

type FindSignature = (model: string, version: number) => Signature | undefined;

/** Rows by key; those that changed are told apart until they are taken. */
function createTable<Row>(isOld: (row: Row, now: number) => boolean) {
  const rows = new Map<string, Row>();
  const changed = new Map<string, Row>();
  let taken = new Map<string, Row>();
  return {
    touch(key: string, create: () => Row): Row {
      const row = rows.get(key) ?? create();
      rows.set(key, row);
      changed.set(key, row);
      return row;
    },
    take(): readonly Row[] {
      taken = new Map(changed);
      changed.clear();
      return [...taken.values()];
    },
    forgetOld(now: number) {
      taken.clear();
      for (const [key, row] of rows) if (isOld(row, now) && !changed.has(key)) rows.delete(key);
    },
    putBack() {
      for (const [key, row] of taken) changed.set(key, row);
    },
  };
}

interface LastStats {
  readonly model: string;
  readonly version: number;
  readonly route: string;
  readonly at: number;
  readonly found: readonly Stat[];
}

/** The ten seconds and the hour; the latter for views of days and weeks. Most records fall where the last one did. */
function createStatFinder(stats: { touch(key: string, create: () => Stat): Stat }) {
  let last: LastStats | undefined;
  const touch = (model: string, version: number, route: string, end: number) =>
    [[route, STAT_MS] as const, [`${route}${HOURLY}`, HOUR_MS] as const].map(([name, step]) => {
      const at = Math.floor(end / step) * step;
      const key = `${model}\0${version}\0${name}\0${at}`;
      return stats.touch(key, () => createStat(model, version, name, at));
    });
  return {
    find(model: string, version: number, route: string, end: number): readonly Stat[] {
      const at = Math.floor(end / STAT_MS);
      const isSame = last?.at === at && last.version === version && last.route === route;
      if (last !== undefined && isSame && last.model === model) return last.found;
      const found = touch(model, version, route, end);
      last = { model, version, route, at, found };
      return found;
    },
    /** What is found again must be marked as changed again. */
    forget() {
      last = undefined;
    },
  };
}

/** The sketch of the hour; most records fall where the last one did. */
function createFillerFinder(
  sketches: { touch(key: string, create: () => HourSketch): HourSketch },
  findPlan: (model: string, version: number) => SketchPlan,
) {
  let last: HourSketch | undefined;
  return {
    find({ model, version }: PredictionRecord, route: string, end: number): Filler {
      const hour = Math.floor(end / HOUR_MS) * HOUR_MS;
      const isSame = last?.hour === hour && last.version === version && last.route === route;
      if (last !== undefined && isSame && last.model === model) return last.fill;
      last = sketches.touch(`${model}\0${version}\0${route}\0${hour}`, () => {
        const sketch = createSketch();
        const fill = createFiller(sketch, findPlan(model, version));
        return { model, version, route, hour, sketch, fill };
      });
      return last.fill;
    },
    forget() {
      last = undefined;
    },
  };
}

export function createTallies(
  writer: string,
  findSignature: FindSignature,
  redact: readonly string[],
): Tallies {
  const stats = createTable<Stat>(({ at }, now) => at + HOUR_MS + KEPT_MS < now);
  const sketches = createTable<HourSketch>(({ hour }, now) => hour + HOUR_MS + KEPT_MS < now);
  const plans = new Map<string, SketchPlan>();
  const findPlan = (model: string, version: number) => {
    const key = `${model}\0${version}`;
    const plan = plans.get(key) ?? toSketchPlan(findSignature(model, version), redact);
    plans.set(key, plan);
    return plan;
  };
  const finder = createStatFinder(stats);
  const fillers = createFillerFinder(sketches, findPlan);
  return {
    add(record) {
      const end = record.startedAt + record.durationMs;
      const route = record.route === 'shadow' ? 'shadow' : 'live';
      for (const stat of finder.find(record.model, record.version, route, end))
        addToStat(stat, record);
      // What was refused never reached the model, and what a measurement sends nobody wanted to know: both would make
      // the inputs look other than they are.
      if (record.status >= 400 || record.tags?.includes(MEASUREMENT) === true) return;
      const inputs = route === 'shadow' ? undefined : record.inputs?.columns;
      fillers.find(record, route, end)(toRowCount(record), inputs, record.outputs);
    },
    addDropped(model, version, at, count) {
      for (const stat of finder.find(model, version, 'live', at)) stat.dropped += count;
    },
    take() {
      finder.forget();
      fillers.forget();
      return {
        stats: stats
          .take()
          .map((stat) => ({ ...stat, writer, latency: JSON.stringify(stat.latency) })),
        sketches: sketches
          .take()
          .map(({ fill: _, ...row }) => ({ ...row, writer, sketch: JSON.stringify(row.sketch) })),
      };
    },
    forgetOld() {
      const now = Date.now();
      stats.forgetOld(now);
      sketches.forgetOld(now);
    },
    putBack() {
      stats.putBack();
      sketches.putBack();
    },
  };
}

function createStat(model: string, version: number, route: string, at: number): Stat {
  const counts = { predictions: 0, row_count: 0, failed: 0, refused: 0, flagged: 0, dropped: 0 };
  return { model, version, route, at, latency: {}, ...counts, total_ms: 0 };
}

function addToStat(stat: Stat, record: PredictionRecord): void {
  const { status, durationMs, flags } = record;
  stat.predictions++;
  stat.row_count += toRowCount(record);
  if (status >= 500) stat.failed++;
  else if (status >= 400) stat.refused++;
  if (flags.length > 0) stat.flagged++;
  stat.total_ms += durationMs;
  const bin = toLatencyBin(durationMs);
  stat.latency[bin] = (stat.latency[bin] ?? 0) + 1;
}
