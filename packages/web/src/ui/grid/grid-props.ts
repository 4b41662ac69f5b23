import type { Shortcut } from '../../lib/keyboard.ts';
import type { GridColumn } from './grid-column.ts';
import type { GridSelection } from './use-grid-selection.ts';

/** What a list is made of. */
export interface DataGridProps<Row> {
  /** What the list is called, for assistive technology and the cheat sheet. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly GridColumn<Row>[];
  readonly toKey: (row: Row) => string;
  /** A name for the row where it is selected; its key otherwise. */
  readonly toName?: (row: Row) => string;
  /** Marks of a row for tests: `{ 'data-prompt': name }`. */
  readonly toMarks?: (row: Row) => Readonly<Record<`data-${string}`, string>>;
  readonly orderBy?: string;
  readonly onSort?: (field: string) => void;
  readonly onOpen?: (row: Row) => void;
  /** Space on a row. */
  readonly onPeek?: (row: Row) => void;
  readonly selection?: GridSelection;
  readonly hasMore?: boolean;
  readonly needMore?: () => void;
  /** `/` leads there. */
  readonly focusQuery?: () => void;
  /** More keys of the list; they are asked before the list's own. */
  readonly keys?: (active: Row | undefined) => readonly Shortcut[];
}
