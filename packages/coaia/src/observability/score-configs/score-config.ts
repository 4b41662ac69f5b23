/** A score config: what scores of one kind may be. Its rules, and its form in the Langfuse API. */
import { fromStored, toIso } from '#base';
import type { ScoreConfigRow } from '#store';
import type { ScoreCategory, ScoreConfig, ScoreConfigType } from '@coaia/client';

export const SCORE_CONFIG_TYPES = ['NUMERIC', 'CATEGORICAL', 'BOOLEAN', 'TEXT'] as const;

/** Longest name, in characters, as in Langfuse. */
export const MAX_CONFIG_NAME = 35;

/** Every BOOLEAN config has these and no others. */
export const BOOLEAN_CATEGORIES: readonly ScoreCategory[] = [
  { label: 'True', value: 1 },
  { label: 'False', value: 0 },
];

/** The part of a config that its rules are about. */
export interface ScoreConfigDraft {
  readonly name: string;
  readonly dataType: ScoreConfigType;
  readonly minValue: number | null;
  readonly maxValue: number | null;
  readonly categories: readonly ScoreCategory[] | null;
}

/** Characters of names as Langfuse takes them. */
const STRICT_NAME = /^[\p{L}\p{N}_ .()-]+$/u;

/** What contradicts itself in a config, as one sentence; undefined when nothing does. */
export function findConfigProblem(draft: ScoreConfigDraft, isStrict = false): string | undefined {
  if (draft.name.trim() === '') return 'A score config needs a name.';
  if (isStrict && !STRICT_NAME.test(draft.name)) {
    return 'A name has only letters, digits, underscores, spaces, periods, parentheses and hyphens.';
  }
  if (draft.name.length > MAX_CONFIG_NAME) {
    return `The name of a score config has at most ${MAX_CONFIG_NAME} characters; "${draft.name}" has ${draft.name.length}.`;
  }
  return draft.dataType === 'NUMERIC' ? findRangeProblem(draft) : findCategoryProblem(draft);
}

function findRangeProblem({ minValue, maxValue, categories }: ScoreConfigDraft) {
  if (categories !== null) return 'A NUMERIC score config has a range, not categories.';
  if (minValue === null || maxValue === null || minValue < maxValue) return undefined;
  return `The maximum (${maxValue}) must be greater than the minimum (${minValue}).`;
}

function findCategoryProblem({ dataType, minValue, maxValue, categories }: ScoreConfigDraft) {
  if (minValue !== null || maxValue !== null) {
    return `A ${dataType} score config has no minimum or maximum.`;
  }
  if (dataType === 'CATEGORICAL') return findListProblem(categories ?? []);
  if (categories === null || (dataType === 'BOOLEAN' && isBooleanPair(categories))) {
    return undefined;
  }
  return dataType === 'BOOLEAN'
    ? 'A BOOLEAN score config always has the categories True (1) and False (0).'
    : 'A TEXT score config has no categories.';
}

function findListProblem(categories: readonly ScoreCategory[]): string | undefined {
  if (categories.length === 0) return 'A CATEGORICAL score config needs at least one category.';
  const labels = new Set(categories.map(({ label }) => label));
  const values = new Set(categories.map(({ value }) => value));
  if (labels.has('')) return 'A category needs a label.';
  return labels.size === categories.length && values.size === categories.length
    ? undefined
    : 'The labels and the values of categories must be unique.';
}

function isBooleanPair(categories: readonly ScoreCategory[]): boolean {
  const hasBoth = BOOLEAN_CATEGORIES.every(({ label, value }) =>
    categories.some((one) => one.label === label && one.value === value),
  );
  return hasBoth && categories.length === BOOLEAN_CATEGORIES.length;
}

/** A stored config as the API returns it. */
export function toScoreConfig(row: ScoreConfigRow): ScoreConfig {
  return {
    id: row.id,
    name: row.name,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    projectId: row.project_id,
    dataType: row.data_type as ScoreConfigType,
    isArchived: row.is_archived === 1,
    minValue: row.min_value,
    maxValue: row.max_value,
    categories: fromStored(row.categories) as readonly ScoreCategory[] | null,
    description: row.description,
  };
}
