/** The `query` parameter of the metrics API: JSON, checked member by member and against its view. */
import { isObject, parseTime } from '#base';
import { z } from 'zod';
import { metricsFailures } from './errors.ts';
import { OBSERVATION_VIEW } from './observation-view.ts';
import { BOOLEAN_SCORE_VIEW, CATEGORICAL_SCORE_VIEW, NUMERIC_SCORE_VIEW } from './score-views.ts';
import { GRANULARITIES } from './time-buckets.ts';
import { TRACE_VIEW } from './trace-view.ts';
import type { View, ViewName } from './view.ts';

/** Every view by the name that queries use. */
export const VIEWS: Readonly<Record<ViewName, View>> = {
  traces: TRACE_VIEW,
  observations: OBSERVATION_VIEW,
  'scores-numeric': NUMERIC_SCORE_VIEW,
  'scores-boolean': BOOLEAN_SCORE_VIEW,
  'scores-categorical': CATEGORICAL_SCORE_VIEW,
};

export const AGGREGATIONS = [
  'sum',
  'avg',
  'count',
  'max',
  'min',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'histogram',
  'uniq',
] as const;

const time = z.string().transform((text, context) => {
  const at = parseTime(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: `"${text}" is no ISO 8601 time` });
  return z.NEVER;
});

const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .max(20)
    .nullish()
    .transform((list) => list ?? []);

const metricsQuery = z
  .object({
    view: z.enum(Object.keys(VIEWS) as [ViewName, ...ViewName[]]),
    dimensions: listOf(z.object({ field: z.string() })),
    metrics: z
      .array(z.object({ measure: z.string(), aggregation: z.enum(AGGREGATIONS) }))
      .min(1)
      .max(20),
    filters: z
      .array(z.unknown())
      .nullish()
      .transform((list) => list ?? []),
    timeDimension: z.object({ granularity: z.enum(GRANULARITIES) }).nullish(),
    fromTimestamp: time,
    toTimestamp: time,
    orderBy: listOf(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) })),
    config: z
      .object({
        bins: z.int().min(1).max(100).optional(),
        row_limit: z.int().min(1).max(1000).optional(),
      })
      .nullish(),
  })
  .refine((query) => query.fromTimestamp < query.toTimestamp, {
    path: ['toTimestamp'],
    message: 'toTimestamp must be after fromTimestamp',
  });

/** A checked query; times are epoch milliseconds. */
export type MetricsQuery = z.infer<typeof metricsQuery>;

export interface MetricsRules {
  /** Refuse what version 2 of Langfuse's API refuses. */
  readonly strict: boolean;
}

/** Parses the parameter. Fails with COAIA-1140, COAIA-1141 and, by the rules, COAIA-1142. */
export function parseMetricsQuery(text: string, rules: MetricsRules): MetricsQuery {
  const result = metricsQuery.safeParse(toObject(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw metricsFailures.create(
      'COAIA-1140',
      `The metrics query is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? ''}.`,
      { details: result.error.issues },
    );
  }
  checkNames(result.data);
  if (rules.strict) checkStrict(result.data);
  return result.data;
}

function toObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw metricsFailures.create('COAIA-1140', 'The metrics query is not a JSON object.');
}

function checkNames({ view: name, dimensions, metrics }: MetricsQuery): void {
  const view = VIEWS[name];
  for (const { field } of dimensions) requireName(view.dimensions, 'dimension', field, name);
  const fields = dimensions.map(({ field }) => field);
  if (new Set(fields).size < fields.length) {
    throw metricsFailures.create('COAIA-1140', 'A dimension is named twice.');
  }
  for (const { measure, aggregation } of metrics) {
    requireName(view.measures, 'measure', measure, name);
    const isText = view.measures[measure]?.kind === 'text';
    if (isText && aggregation !== 'uniq' && aggregation !== 'count') {
      throw metricsFailures.create(
        'COAIA-1141',
        `The measure ${measure} can only be counted, not aggregated by ${aggregation}.`,
        { hint: 'use uniq or count' },
      );
    }
  }
}

function requireName(
  known: Readonly<Record<string, unknown>>,
  kind: string,
  name: string,
  view: string,
): void {
  if (Object.hasOwn(known, name)) return;
  const hint = `use one of ${Object.keys(known).join(', ')}`;
  throw metricsFailures.create('COAIA-1141', `The view ${view} has no ${kind} "${name}".`, {
    hint,
  });
}

function checkStrict({ view, dimensions }: MetricsQuery): void {
  if (view === 'traces') {
    throw metricsFailures.create(
      'COAIA-1142',
      'Version 2 of the metrics API has no view of traces while COAIA_STRICT=langfuse is set.',
    );
  }
  const fine = dimensions.find(({ field }) => VIEWS[view].dimensions[field]?.isFine === true);
  if (fine === undefined) return;
  throw metricsFailures.create(
    'COAIA-1142',
    `Grouping by ${fine.field} is refused while COAIA_STRICT=langfuse is set; filter by it instead.`,
  );
}
