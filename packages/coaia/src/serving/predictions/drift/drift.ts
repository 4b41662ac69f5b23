/**
 * Drift by windows. Alarms are given so seldom that over 30 days and all fields together the chance of any alarm
 * without drift is at most `alert`. Nine tenths of it are for whole windows at the level of `level.ts`; the last tenth
 * is for the window that is filling, judged at each full hour, and for tests that seldom matter (Bonferroni).
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
import { TOGETHER } from './level.ts';
import { toMetrics } from './monitor-rule.ts';
import { findReference, LEAST_REFERENCE_ROWS, readHours, type Reference } from './reference.ts';
import {
  judgeEarly,
  judgeWhole,
  toFields,
  toLevels,
  toSmallestShift,
  type Plan,
} from './verdict.ts';

/** As `[monitor]` has them where nothing is set. */
export const USUAL_ALERT = 0.05;
const USUAL_WINDOW_HOURS = 7 * 24;
const USUAL_WINDOWS = 7;
/** Of one report, so that it stays quick. */
const MOST_HOURS = 2200;

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
  const most = Math.max(1, Math.min(count, Math.floor(MOST_HOURS / windowHours) - TOGETHER + 1));
  const from = Math.max(end - (most + TOGETHER - 1) * span, reference?.until ?? 0);
  const hours = await readHours(ports.db, scope.projectId, { model, version }, [from, end]);
  const byWindow = Map.groupBy(hours, ({ hour }) => Math.floor(hour / span) * span);
  const live = [...byWindow].map(([start, rows]): Window => ({
    start,
    sketch: toSum(rows),
    settled: toSum(rows.filter(({ hour }) => hour + HOUR_MS <= now)),
  }));
  const watched = query.metrics === undefined ? undefined : toMetrics(query.metrics);
  const plan =
    reference === undefined ? undefined : { alert, windowHours, watched, reference, now };
  const shown = live.filter(({ start }) => start >= end - most * span);
  return {
    model,
    version,
    reference: reference === undefined ? null : { source: reference.source, rows: reference.rows },
    reason: toReason(reference, shown.length),
    windowHours,
    falseAlarmRate: alert,
    windows: plan === undefined ? [] : shown.map((window) => toWindow(window, live, plan)),
  };
}

function toReason(reference: Reference | undefined, windows: number): string | null {
  if (reference === undefined)
    return `There is no reference yet: fewer than ${LEAST_REFERENCE_ROWS} examples, and fewer than 1,000 predicted rows in whole hours. \`ao drift --reference FILE.csv\` gives it one.`;
  return windows === 0 ? 'Nothing was predicted in this time.' : null;
}

function toSum(rows: readonly PredictionSketchRow[]): Sketch {
  const sketch = createSketch();
  for (const row of rows) mergeSketch(sketch, JSON.parse(row.sketch) as Sketch);
  return sketch;
}

export interface Window {
  readonly start: number;
  readonly sketch: Sketch;
  /** Of the hours that are over. */
  readonly settled: Sketch;
}

/** The verdict on one window; `all` has those before it, too. */
export function toWindow(
  window: Window,
  all: readonly Window[],
  plan: Plan & { readonly now: number },
): DriftWindow {
  const { start, sketch, settled } = window;
  const span = plan.windowHours * HOUR_MS;
  const isComplete = start + span <= plan.now;
  const levels = toLevels(plan, sketch.rows);
  const first = start - (TOGETHER - 1) * span;
  const group = all.filter((one) => one.start >= first && one.start <= start);
  const long = group.length > 1 ? mergeAll(group) : undefined;
  const fields = toFields(plan.reference.sketch).flatMap(({ name, side, field }): DriftField[] => {
    const of = (one: Sketch | undefined) => one?.[`${side}s`][name];
    const now = of(sketch);
    if (now === undefined) return [];
    const verdict = isComplete
      ? judgeWhole(field, now, of(long), levels, group.length)
      : judgeEarly(field, of(settled), plan.watched);
    const isAlert = verdict !== undefined && verdict.p < (isComplete ? levels.whole : levels.rest);
    const why = isAlert ? `${verdict.name} is not what it was in the reference` : null;
    const p = verdict?.p ?? null;
    return [
      {
        ...compareField(name, now, field),
        side,
        p,
        isAlert,
        why: why?.replace('FIELD', name) ?? null,
      },
    ];
  });
  return {
    from: toIso(start),
    to: toIso(start + span),
    rows: sketch.rows,
    isComplete,
    isAlert: fields.some(({ isAlert }) => isAlert),
    threshold: isComplete ? levels.whole : levels.rest,
    smallestShift: toSmallestShift(levels.whole, sketch.rows, plan.reference.rows),
    fields: fields.toSorted((left, right) => (left.p ?? 1) - (right.p ?? 1)),
  };
}

function mergeAll(windows: readonly Window[]): Sketch {
  const sum = createSketch();
  for (const { sketch } of windows) mergeSketch(sum, sketch);
  return sum;
}
