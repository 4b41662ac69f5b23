/** Columns of tables of items. */
import type { Column } from '#surface';
import type { DatasetItem } from '@coaia/client';
import { toShort } from './text.ts';

export const ITEM_COLUMNS: readonly Column<DatasetItem>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'Input', value: ({ input }) => toShort(input, 50) },
  { header: 'Expected Output', value: ({ expectedOutput }) => toShort(expectedOutput, 50) },
];
