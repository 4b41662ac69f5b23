/** Score configs in a file, as `export` writes them and `import` reads them. */
import { isObject } from '#base';
import type { ScoreCategory, ScoreConfig, ScoreConfigInput } from '@coaia/client';
import { scoreFailures } from '../scores/errors.ts';
import { SCORE_CONFIG_TYPES } from './score-config.ts';

/** The object that `export` writes; `exportedAt` is ISO 8601. */
export function toTransfer(
  configs: readonly ScoreConfig[],
  { exportedAt, withMetadata }: { readonly exportedAt: string; readonly withMetadata: boolean },
) {
  return {
    version: '1.0',
    exportedAt,
    totalConfigs: configs.length,
    configs: configs.map((config) => ({
      name: config.name,
      dataType: config.dataType,
      description: config.description ?? null,
      categories: config.categories ?? null,
      minValue: config.minValue ?? null,
      maxValue: config.maxValue ?? null,
      ...(withMetadata
        ? {
            metadata: {
              id: config.id,
              createdAt: config.createdAt,
              updatedAt: config.updatedAt,
              projectId: config.projectId,
              isArchived: config.isArchived,
            },
          }
        : {}),
    })),
  };
}

/** Reads such an object or a bare array of configs. Throws COAIA-1085 with what is wrong. */
export function parseTransfer(text: string, path: string): readonly ScoreConfigInput[] {
  const list = toList(text, path);
  const problems: string[] = [];
  const inputs = list.map((item, index) => {
    const problem = findProblem(item);
    if (problem !== undefined) problems.push(`Config ${index + 1}: ${problem}`);
    return problem === undefined ? toInput(item as Item) : undefined;
  });
  const [first] = problems;
  if (first !== undefined) {
    throw scoreFailures.create('COAIA-1085', `${path} cannot be imported. ${first}.`, {
      details: problems,
    });
  }
  return inputs.filter((input) => input !== undefined);
}

function toList(text: string, path: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw scoreFailures.create('COAIA-1085', `${path} is not JSON.`, { cause: error });
  }
  const list = isObject(value) ? value.configs : value;
  if (Array.isArray(list)) return list;
  throw scoreFailures.create('COAIA-1085', `${path} has no array of score configs.`);
}

interface Item {
  readonly name: string;
  readonly dataType: ScoreConfigInput['dataType'];
  readonly description?: unknown;
  readonly categories?: readonly ScoreCategory[] | null;
  readonly minValue?: unknown;
  readonly maxValue?: unknown;
}

function findProblem(item: unknown): string | undefined {
  if (!isObject(item)) return 'it is not an object';
  if (typeof item.name !== 'string' || item.name === '') return '"name" is missing';
  if (!(SCORE_CONFIG_TYPES as readonly unknown[]).includes(item.dataType)) {
    return `"dataType" of "${item.name}" is one of ${SCORE_CONFIG_TYPES.join(', ')}`;
  }
  return findCategoryProblem(item.categories);
}

/** A text that is no list of categories; undefined when it is one, or absent. */
export function findCategoryProblem(categories: unknown): string | undefined {
  if (categories === undefined || categories === null) return undefined;
  const isList =
    Array.isArray(categories) &&
    categories.every(
      (one) => isObject(one) && typeof one.label === 'string' && typeof one.value === 'number',
    );
  return isList ? undefined : 'each category needs a "label" (text) and a "value" (number)';
}

/** BOOLEAN configs have their categories by themselves, and servers refuse to be told. */
function toInput(item: Item): ScoreConfigInput {
  const { name, dataType, description, minValue, maxValue, categories } = item;
  return {
    name,
    dataType,
    ...(typeof description === 'string' ? { description } : {}),
    ...(dataType === 'NUMERIC' && typeof minValue === 'number' ? { minValue } : {}),
    ...(dataType === 'NUMERIC' && typeof maxValue === 'number' ? { maxValue } : {}),
    ...(dataType === 'CATEGORICAL' && categories ? { categories } : {}),
  };
}
