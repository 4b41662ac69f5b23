import type { DatasetItem } from '@coaia/client';
import { words } from '../messages.ts';

/** The fields of an item that can be edited in the list. */
export const itemFields = ['input', 'expectedOutput', 'metadata'] as const;

/** One of them. */
export type ItemField = (typeof itemFields)[number];

/** A cell that is being edited. */
export interface EditedCell {
  readonly item: DatasetItem;
  readonly field: ItemField;
}

/** Its name in the list. */
export function toFieldName(field: ItemField): string {
  return words.itemColumns[field];
}
