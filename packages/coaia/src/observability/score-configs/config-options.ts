/** The fields of a score config as options. */
import type { ScoreCategory } from '@coaia/client';
import { readJsonOption, type ValueSource } from '../terminal/json-argument.ts';
import { scoreFailures } from '../scores/errors.ts';
import { findCategoryProblem } from './transfer-file.ts';

export const configOptions = {
  description: { type: 'string', summary: 'What the score means', compat: true },
  'min-value': {
    type: 'number',
    aliases: ['min'],
    summary: 'Smallest value of a NUMERIC score',
    compat: true,
  },
  'max-value': {
    type: 'number',
    aliases: ['max'],
    summary: 'Largest value of a NUMERIC score',
    compat: true,
  },
  categories: {
    type: 'string',
    placeholder: 'JSON',
    summary: 'Categories: [{"label": "Good", "value": 1}]',
    compat: true,
  },
} as const;

export interface ConfigValues {
  readonly description: string | undefined;
  readonly 'min-value': number | undefined;
  readonly 'max-value': number | undefined;
  readonly categories: string | undefined;
}

/** The fields that were given. Throws COAIA-1061 and COAIA-1082. */
export async function readConfigFields(options: ConfigValues, source: ValueSource) {
  const categories = await readCategories(options.categories, source);
  const { description, 'min-value': minValue, 'max-value': maxValue } = options;
  return {
    ...(description === undefined ? {} : { description }),
    ...(minValue === undefined ? {} : { minValue }),
    ...(maxValue === undefined ? {} : { maxValue }),
    ...(categories === undefined ? {} : { categories }),
  };
}

async function readCategories(
  text: string | undefined,
  source: ValueSource,
): Promise<readonly ScoreCategory[] | undefined> {
  const value = await readJsonOption('--categories', text, source);
  if (value === undefined) return undefined;
  const problem = value === null ? 'a list is needed' : findCategoryProblem(value);
  if (problem === undefined) return value as readonly ScoreCategory[];
  throw scoreFailures.create('COAIA-1082', `--categories cannot be used: ${problem}.`, {
    hint: `--categories '[{"label": "Good", "value": 1}]'`,
  });
}
