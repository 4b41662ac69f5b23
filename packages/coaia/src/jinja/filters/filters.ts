/** Every filter by name. There is no `random`: the same input gives the same text. */
import { choiceFilters } from './choice-filters.ts';
import type { Filter } from './filter.ts';
import { listFilters } from './list-filters.ts';
import { markupFilters } from './markup-filters.ts';
import { textFilters } from './text-filters.ts';
import { valueFilters } from './value-filters.ts';

export const filters: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ...textFilters,
  ...listFilters,
  ...choiceFilters,
  ...valueFilters,
  ...markupFilters,
]);
