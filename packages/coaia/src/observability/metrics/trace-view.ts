/** The view of traces (alias `t`); sums over their observations are kept on each trace. */
import type { FieldSet } from '../filter/field.ts';
import { TRACE_FIELDS } from '../filter/trace-fields.ts';
import { textField } from './observation-view.ts';
import {
  toDimension,
  toFineDimension,
  toMeasure,
  toMonthDimension,
  type Dimension,
  type Measure,
  type View,
} from './view.ts';

const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  id: toFineDimension('t.id'),
  name: toDimension('t.name'),
  tags: toDimension('t.tags', 'list'),
  userId: toFineDimension('t.user_id'),
  sessionId: toFineDimension('t.session_id'),
  release: toDimension('t.release'),
  version: toDimension('t.version'),
  environment: toDimension('t.environment'),
  timestampMonth: toMonthDimension('t.timestamp'),
};

const MEASURES: Readonly<Record<string, Measure>> = {
  count: toMeasure('1'),
  observationsCount: toMeasure('t.observation_count'),
  scoresCount: toMeasure(
    '(SELECT count(*) FROM scores s WHERE s.project_id = t.project_id AND s.trace_id = t.id)',
  ),
  uniqueUserIds: { sql: 't.user_id', kind: 'text' },
  uniqueSessionIds: { sql: 't.session_id', kind: 'text' },
  latency: toMeasure('(t.end_time - t.start_time)'),
  inputTokens: toMeasure('t.input_tokens'),
  outputTokens: toMeasure('t.output_tokens'),
  totalTokens: toMeasure('t.total_tokens'),
  totalCost: toMeasure('t.total_cost'),
};

/** Langfuse's filters of this view may say `traceName` for the name. */
const FIELDS: FieldSet = {
  ...TRACE_FIELDS,
  fields: [...TRACE_FIELDS.fields, textField('traceName', 't.name', 'Name of the trace')],
};

export const TRACE_VIEW: View = {
  from: 'traces t',
  time: 't.timestamp',
  joins: {},
  dimensions: DIMENSIONS,
  measures: MEASURES,
  fields: FIELDS,
};
