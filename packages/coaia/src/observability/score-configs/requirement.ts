/** What a score config accepts, in words. */
import type { ScoreConfig } from '@coaia/client';

type Rules = Pick<ScoreConfig, 'dataType' | 'minValue' | 'maxValue' | 'categories'>;

/** One phrase: `one of Poor (1), Good (2)`, `a number from 0 to 10`. */
export function renderRequirement(config: Rules): string {
  switch (config.dataType) {
    case 'NUMERIC':
      return `a number${toBounds(config)}`;
    case 'BOOLEAN':
      return 'true or false (1 or 0)';
    case 'CATEGORICAL':
      return `one of ${renderCategories(config)}`;
    case 'TEXT':
      return 'a text of 1 to 500 characters';
  }
}

function toBounds({ minValue, maxValue }: Rules): string {
  const min = minValue ?? undefined;
  const max = maxValue ?? undefined;
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}

/** `Poor (1), Good (2)`. */
export function renderCategories({ categories }: Pick<Rules, 'categories'>): string {
  return (categories ?? []).map(({ label, value }) => `${label} (${value})`).join(', ');
}

/** Range or categories for a table: `0 to 10`, `1-5 (5 categories)`, `True/False`. */
export function renderRange(config: Rules): string {
  switch (config.dataType) {
    case 'NUMERIC':
      return `${config.minValue ?? '-inf'} to ${config.maxValue ?? 'inf'}`;
    case 'BOOLEAN':
      return 'True/False';
    case 'CATEGORICAL':
      return `${config.categories?.length ?? 0} categories`;
    case 'TEXT':
      return 'text';
  }
}
