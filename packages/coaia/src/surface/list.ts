/** What every command that prints a list takes and gives: a table, JSON, JSON lines or CSV, on stdout or in a file. */
import type { Column } from './column.ts';

/** Spread into the options of a command that ends in `out.list`. */
export const listOptions = {
  csv: { type: 'boolean', summary: 'Print CSV with a header line' },
  jsonl: { type: 'boolean', summary: 'Print one JSON object per line' },
  fields: {
    type: 'string',
    placeholder: 'A,B',
    summary: 'Only these fields of the JSON; a dot goes into objects',
  },
  output: {
    type: 'string',
    short: 'o',
    placeholder: 'FILE',
    summary: 'Write into a file; .csv, .jsonl or .json says the form',
  },
} as const;

export interface ListValues {
  readonly csv: boolean | undefined;
  readonly jsonl: boolean | undefined;
  readonly fields: string | undefined;
  readonly output: string | undefined;
}

export interface ListView<Row> {
  /** Plural noun, as in `Total traces: 3`. */
  readonly things: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** What `--json` prints when it is not the rows: the page of the API, whose `data` are the rows. */
  readonly page?: { readonly data: readonly Row[]; readonly meta?: unknown };
  /** Pipes get JSON where a terminal gets the table, as CoAiAPy has it for some commands. */
  readonly isJsonInPipes?: boolean;
}
