/** What a filter is: a value and its arguments in, a value out. */
import type { Meter } from '../running/meter.ts';
import type { CallReader } from '../values/call-values.ts';
import type { CallValues } from '../values/kinds.ts';

export interface FilterContext {
  readonly meter: Meter;
  /** Runs another filter by name, as `map` does. */
  readonly filter: (name: string, value: unknown, values: CallValues) => unknown;
  /** Runs a test by name, as `select` does. */
  readonly test: (name: string, value: unknown, values: CallValues) => boolean;
}

export type Filter = (value: unknown, call: CallReader, context: FilterContext) => unknown;
export type FilterTable = readonly (readonly [string, Filter])[];
