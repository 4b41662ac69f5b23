/**
 * Drift by windows. Alarms are given so seldom that over 30 days and all fields together the chance of any alarm
 * without drift is at most `alert` (Bonferroni: valid whatever depends on what). Half of that chance is for whole
 * windows, the other half for the window that is filling, which is judged at each full hour.
 */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { PredictionSketchRow } from '#store';
import type { DriftField, DriftQuery, DriftReport, DriftWindow } from '@coaia/client';
import { findSubject } from '../find-model.ts';
import { HOUR_MS } from '../log/tallies.ts';
import type { PredictionPorts } from '../ports.ts';
import { createSketch, mergeSketch, type Sketch } from '../sketches/sketch.ts';
import { compareField } from './compare-field.ts';
import { findReference, LEAST_REFERENCE_ROWS, readHours, type Reference } from './reference.ts';

export const MONTH_HOURS = 30 * 24;
/** As `[monitor]` has them where nothing is set. */
export const USUAL_ALERT = 0.05;
const USUAL_WINDOW_HOURS = 7 * 24;
const USUAL_WINDOWS = 7;
/** Of one report, so that it stays quick. */
const MOST_HOURS = 1440;

export interface Thresholds {
  /** The p below which a field alarms in a whole window. */
  readonly threshold: number;
  /** The same for the window that is filling. */
  readonly earlyThreshold: number;
  /** Of a month. */
  readonly tests: number;
}

/** Shares the chance of a month between all its tests. */
export function toThresholds(alert: number, windowHours: number, fields: number): Thresholds {
  const whole = Math.max(1, Math.ceil(MONTH_HOURS / windowHours) * fields);
  const early = Math.max(1, MONTH_HOURS * fields);
  return {
    threshold: alert / 2 / whole,
    earlyThreshold: alert / 2 / early,
    tests: whole + early,
  };
}

/** AO681 for models that nothing is known of. */
export async function getDrift(
  ports: Pick<PredictionPorts, 'db' | 'clock'>,
  scope: Scope,
  model: string,
  query: DriftQuery,
): Promise<DriftReport> {
  const {
    windowHours = USUAL_WINDOW_HOURS,
    windows: count = USUAL_WINDOWS,
    alert = USUAL_ALERT,
  } = query;
  const { version } = await findSubject(ports, scope, model, query.version);
  const reference = await findReference(ports, scope, model, version);
  const now = ports.clock();
  const span = windowHours * HOUR_MS;
  const end = (Math.floor(now / span) + 1) * span;
  const most = Math.max(1, Math.min(count, Math.floor(MOST_HOURS / windowHours)));
  const from = Math.max(end - most * span, reference?.until ?? 0);
  const hours = await readHours(ports.db, scope.projectId, { model, version }, [from, end]);
  const byWindow = Map.groupBy(hours, ({ hour }) => Math.floor(hour / span) * span);
  const live = [...byWindow].map(([start, rows]) => ({
    start,
    sketch: toSum(rows),
    settled: toSum(rows.filter(({ hour }) => hour + HOUR_MS <= now)),
  }));
  const fields = reference === undefined ? 0 : countFields(reference.sketch);
  const thresholds = toThresholds(alert, windowHours, fields);
  const rule = { ...thresholds, span, now };
  return {
    model,
    version,
    reference: reference === undefined ? null : { source: reference.source, rows: reference.rows },
    reason: toReason(reference, live.length),
    windowHours,
    falseAlarmRate: alert,
    ...thresholds,
    windows:
      reference === undefined ? [] : live.map((window) => toWindow(window, reference.sketch, rule)),
  };
}

function toReason(reference: Reference | undefined, windows: number): string | null {
  if (reference === undefined)
    return `There is no reference yet: fewer than ${LEAST_REFERENCE_ROWS} examples, and fewer than 1,000 predicted rows in whole hours.`;
  return windows === 0 ? 'Nothing was predicted in this time.' : null;
}

const countFields = (sketch: Sketch) =>
  Object.keys(sketch.inputs).length + Object.keys(sketch.outputs).length;

function toSum(rows: readonly PredictionSketchRow[]): Sketch {
  const sketch = createSketch();
  for (const row of rows) mergeSketch(sketch, JSON.parse(row.sketch) as Sketch);
  return sketch;
}

interface Window {
  readonly start: number;
  readonly sketch: Sketch;
  /** Of the hours that are over. */
  readonly settled: Sketch;
}

interface Rule extends Thresholds {
  readonly span: number;
  readonly now: number;
}

function toWindow({ start, sketch, settled }: Window, reference: Sketch, rule: Rule): DriftWindow {
  const isComplete = start + rule.span <= rule.now;
  const judged = isComplete ? sketch : settled;
  const threshold = isComplete ? rule.threshold : rule.earlyThreshold;
  const compare = (side: 'input' | 'output') =>
    Object.entries(reference[`${side}s`]).flatMap(([name, before]): DriftField[] => {
      const field = sketch[`${side}s`][name];
      if (field === undefined) return [];
      const { reason, ...compared } = compareField(name, field, before);
      const whole = judged[`${side}s`][name];
      const verdict = whole === undefined ? undefined : compareField(name, whole, before, 0);
      const isAlert = verdict !== undefined && verdict.p < threshold;
      return [{ ...compared, side, isAlert, why: isAlert ? toWhy(name, verdict.reason) : null }];
    });
  const fields = [...compare('input'), ...compare('output')];
  return {
    from: toIso(start),
    to: toIso(start + rule.span),
    rows: sketch.rows,
    isComplete,
    isAlert: fields.some(({ isAlert }) => isAlert),
    fields: fields.toSorted((left, right) => left.p - right.p),
  };
}

const toWhy = (name: string, reason: string) =>
  `${reason} of ${name} is not what it was in the reference`;
