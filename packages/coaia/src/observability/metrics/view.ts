/** What a view of the metrics API is: rows with a time, dimensions to group by and measures to aggregate. */
import type { Dialect } from '#store';
import type { FieldSet } from '../filter/field.ts';

/** How a grouped value is shown: as it is, as a list, as yes and no, or as the beginning of its ISO time. */
export type DimensionKind = 'text' | 'number' | 'list' | 'flag' | 'month' | 'day';

export interface Dimension {
  readonly sql: (dialect: Dialect) => string;
  readonly kind: DimensionKind;
  /** Langfuse refuses to group by it in version 2. */
  readonly isFine?: boolean;
}

export interface Measure {
  readonly sql: string;
  /** Texts can only be counted; a count of them counts different ones. */
  readonly kind: 'number' | 'text';
}

export interface View {
  /** Table and alias. */
  readonly from: string;
  /** SQL of the time that ranges and buckets use, epoch milliseconds. */
  readonly time: string;
  /** Condition on every row, besides project and time. */
  readonly only?: string;
  /** Tables by alias that are joined when an expression mentions them. */
  readonly joins: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly measures: Readonly<Record<string, Measure>>;
  readonly fields: FieldSet;
}

export type ViewName =
  | 'traces'
  | 'observations'
  | 'scores-numeric'
  | 'scores-boolean'
  | 'scores-categorical';

const DAY = 86_400_000;

/** A column as a dimension. */
export function toDimension(sql: string, kind: DimensionKind = 'text'): Dimension {
  return { sql: () => sql, kind };
}

/** A dimension with about as many values as there are rows. */
export function toFineDimension(sql: string): Dimension {
  return { ...toDimension(sql), isFine: true };
}

/** The month of a time, shown as `2026-05`. */
export function toMonthDimension(sql: string): Dimension {
  return { sql: (dialect) => dialect.month(sql), kind: 'month' };
}

/** The day of a time, shown as `2026-05-31`. */
export function toDayDimension(sql: string): Dimension {
  return { sql: (dialect) => dialect.bucket(sql, DAY), kind: 'day' };
}

/** A numeric measure. */
export function toMeasure(sql: string): Measure {
  return { sql, kind: 'number' };
}
