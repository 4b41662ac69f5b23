/** Counts since this observer was opened: ten-second statistics and hourly sketches, whole rows ready to be written. */
import type { Signature } from '../../signatures/signature.ts';
import type { PredictionRecord } from '../observer.ts';
import { fillSketch, toSketchPlan, type SketchPlan } from '../sketches/fill-sketch.ts';
import { toLatencyBin, type LatencyHistogram } from '../sketches/latency.ts';
import { createSketch, type Sketch } from '../sketches/sketch.ts';
import type { Flush } from './flush.ts';
import { toRowCount } from './segment.ts';

export const STAT_MS = 10_000;
export const HOUR_MS = 3_600_000;
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
}

export interface Tallies {
  /** Counts one prediction by the time it ended. */
  add(record: PredictionRecord): void;
  /** Counts predictions of which nothing else is known any more. */
  addDropped(model: string, version: number, at: number, count: number): void;
  /** Rows that changed since `markWritten`. */
  listChanged(): Pick<Flush, 'sketches' | 'stats'>;
  markWritten(): void;
}

export function createTallies(
  writer: string,
  findSignature: (model: string, version: number) => Signature | undefined,
): Tallies {
  const stats = new Map<string, Stat>();
  const sketches = new Map<string, HourSketch>();
  const plans = new Map<string, SketchPlan>();
  const changed = new Set<string>();
  const findPlan = (model: string, version: number) => {
    const key = `${model}\0${version}`;
    let plan = plans.get(key);
    if (plan === undefined) plans.set(key, (plan = toSketchPlan(findSignature(model, version))));
    return plan;
  };
  const findStat = (model: string, version: number, route: string, end: number) => {
    const at = Math.floor(end / STAT_MS) * STAT_MS;
    const key = `${model}\0${version}\0${route}\0${at}`;
    changed.add(key);
    let stat = stats.get(key);
    if (stat === undefined) stats.set(key, (stat = createStat(model, version, route, at)));
    return stat;
  };
  const findSketch = ({ model, version }: PredictionRecord, route: string, end: number) => {
    const hour = Math.floor(end / HOUR_MS) * HOUR_MS;
    const key = `${model}\0${version}\0${route}\0${hour}\0hour`;
    changed.add(key);
    let found = sketches.get(key);
    if (found === undefined)
      sketches.set(key, (found = { model, version, route, hour, sketch: createSketch() }));
    return found.sketch;
  };
  return {
    add(record) {
      const end = record.startedAt + record.durationMs;
      const route = record.route === 'shadow' ? 'shadow' : 'live';
      addToStat(findStat(record.model, record.version, route, end), record);
      const inputs = route === 'shadow' ? undefined : record.inputs?.columns;
      // What was refused never reached the model; it would make the inputs look other than they are.
      if (record.status >= 400) return;
      fillSketch(findSketch(record, route, end), findPlan(record.model, record.version), {
        rows: toRowCount(record),
        ...(inputs === undefined ? {} : { inputs }),
        ...(record.outputs === undefined ? {} : { outputs: record.outputs }),
      });
    },
    addDropped(model, version, at, count) {
      findStat(model, version, 'live', at).dropped += count;
    },
    listChanged: () => ({
      stats: [...changed].flatMap((key) => {
        const stat = stats.get(key);
        return stat === undefined
          ? []
          : [{ ...stat, writer, latency: JSON.stringify(stat.latency) }];
      }),
      sketches: [...changed].flatMap((key) => {
        const found = sketches.get(key);
        return found === undefined
          ? []
          : [{ ...found, writer, sketch: JSON.stringify(found.sketch) }];
      }),
    }),
    markWritten() {
      changed.clear();
      const now = Date.now();
      for (const [key, { at }] of stats) if (at + STAT_MS + KEPT_MS < now) stats.delete(key);
      for (const [key, { hour }] of sketches)
        if (hour + HOUR_MS + KEPT_MS < now) sketches.delete(key);
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
