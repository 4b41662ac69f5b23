/** One column of a table, as rooms declare it. */

/** Columns of a text table; `align` right for numbers. */
export interface Column<Row> {
  readonly header: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Least width of the column in characters, as the CoAiAPy contract fixes for some tables. */
  readonly minWidth?: number;
  /** Dropped first (highest number first) when the terminal is too narrow; absent = never dropped. */
  readonly drop?: number;
}
