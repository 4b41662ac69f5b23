/**
 * Drift by windows. An alarm is raised for whole windows only, and at a level at which, over 30 days and all fields
 * together, at most one chance in `1 / alert` is given to an alarm without drift (Bonferroni: valid whatever depends
 * on what).
 */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { DriftField, DriftQuery, DriftReport, DriftWindow } from '@coaia/client';
import { findSubject } from '../find-model.ts';
import { HOUR_MS } from '../log/tallies.ts';
import type { PredictionPorts } from '../ports.ts';
import { createSketch, mergeSketch, type FieldSketch, type Sketch } from '../sketches/sketch.ts';
import { compareField } from './compare-field.ts';
import { findReference, LEAST_REFERENCE_ROWS, readHours, type Reference } from './reference.ts';

export const MONTH_HOURS = 30 * 24;
export const USUAL_ALERT = 0.01;
const USUAL_WINDOW_HOURS = 24;
const USUAL_WINDOWS = 7;
/** Of one report, so that it stays quick. */
const MOST_HOURS = 1440;

/** The p below which a field alarms: the chance of a month shared between all tests of a month. */
export function toThreshold(
  alert: number,
  windowHours: number,
  fields: number,
): { readonly threshold: number; readonly tests: number } {
  const tests = Math.max(1, Math.ceil(MONTH_HOURS / windowHours) * fields);
  return { threshold: alert / tests, tests };
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
  const live = [...byWindow].map(([start, rows]) => {
    const sketch = createSketch();
    for (const row of rows) mergeSketch(sketch, JSON.parse(row.sketch) as Sketch);
    return { start, sketch };
  });
  const fields = reference === undefined ? 0 : countFields(reference.sketch);
  const { threshold, tests } = toThreshold(alert, windowHours, fields);
  const rule = { threshold, span, now };
  return {
    model,
    version,
    reference: reference === undefined ? null : { source: reference.source, rows: reference.rows },
    reason: toReason(reference, live.length),
    windowHours,
    falseAlarmRate: alert,
    threshold,
    tests,
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

interface Rule {
  readonly threshold: number;
  readonly span: number;
  readonly now: number;
}

function toWindow(
  { start, sketch }: { readonly start: number; readonly sketch: Sketch },
  reference: Sketch,
  { threshold, span, now }: Rule,
): DriftWindow {
  const isComplete = start + span <= now;
  const compare = (
    side: 'input' | 'output',
    live: Readonly<Record<string, FieldSketch>>,
    then: Readonly<Record<string, FieldSketch>>,
  ) =>
    Object.entries(then).flatMap(([name, before]): DriftField[] => {
      const field = live[name];
      if (field === undefined) return [];
      const { reason, ...compared } = compareField(name, field, before);
      const isAlert = isComplete && compared.p < threshold;
      return [{ ...compared, side, isAlert, why: isAlert ? toWhy(name, reason) : null }];
    });
  const fields = [
    ...compare('input', sketch.inputs, reference.inputs),
    ...compare('output', sketch.outputs, reference.outputs),
  ];
  return {
    from: toIso(start),
    to: toIso(start + span),
    rows: sketch.rows,
    isComplete,
    isAlert: fields.some(({ isAlert }) => isAlert),
    fields: fields.toSorted((left, right) => left.p - right.p),
  };
}

const toWhy = (name: string, reason: string) =>
  `${reason} of ${name} is not what it was in the reference`;
