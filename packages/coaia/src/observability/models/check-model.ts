/** What a model definition must be besides well formed; failures say which rule it breaks. */
import { createId } from '#base';
import type { ModelTier, ModelTierCondition } from '@coaia/client';
import { toRegExp } from '../prices/match-pattern.ts';
import { modelFailures } from './errors.ts';
import type { ModelBody } from './schema.ts';

/** The tiers of a definition: as given, or the flat prices as one tier. Fails with COAIA-1130 or COAIA-1131. */
export function toTiers(body: ModelBody): readonly ModelTier[] {
  checkPattern('matchPattern', body.matchPattern);
  const flat = toFlatPrices(body);
  const { pricingTiers: given } = body;
  const hasFlat = Object.keys(flat).length > 0;
  if (hasFlat === (given !== null && given !== undefined)) {
    throw refuse(
      'A model has either flat prices (inputPrice, outputPrice or totalPrice) or pricingTiers.',
    );
  }
  if (flat['total'] !== undefined && Object.keys(flat).length > 1) {
    throw refuse('totalPrice cannot be set together with inputPrice or outputPrice.');
  }
  if (given === null || given === undefined) return [{ ...toStandard(flat), id: createId() }];
  checkTiers(given);
  return given
    .map((tier) => ({ ...tier, id: createId() }))
    .toSorted((a, b) => a.priority - b.priority);
}

type TierInput = Omit<ModelTier, 'id'>;

function toStandard(prices: Readonly<Record<string, number>>): TierInput {
  return { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices };
}

function toFlatPrices(body: ModelBody): Readonly<Record<string, number>> {
  const given = { input: body.inputPrice, output: body.outputPrice, total: body.totalPrice };
  return Object.fromEntries(
    Object.entries(given).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

function checkTiers(tiers: readonly TierInput[]): void {
  const defaults = tiers.filter(({ isDefault }) => isDefault);
  if (defaults.length !== 1) throw refuse('Exactly one pricing tier has isDefault=true.');
  const [standard] = defaults;
  if (standard?.priority !== 0 || standard.conditions.length > 0) {
    throw refuse('The default pricing tier has priority 0 and no conditions.');
  }
  if (tiers.some((tier) => !tier.isDefault && tier.conditions.length === 0)) {
    throw refuse('A pricing tier that is not the default has at least one condition.');
  }
  if (tiers.some(({ prices }) => Object.keys(prices).length === 0)) {
    throw refuse('Every pricing tier has at least one price.');
  }
  for (const field of ['name', 'priority'] as const) {
    if (new Set(tiers.map((tier) => tier[field])).size < tiers.length) {
      throw refuse(`Two pricing tiers have the same ${field}.`);
    }
  }
  for (const condition of tiers.flatMap(({ conditions }) => conditions)) checkCondition(condition);
}

function checkCondition(condition: ModelTierCondition): void {
  if ('usageDetailPattern' in condition) {
    checkPattern('usageDetailPattern', condition.usageDetailPattern);
  }
}

function checkPattern(field: string, pattern: string): void {
  try {
    toRegExp(pattern);
  } catch (error) {
    throw modelFailures.create(
      'COAIA-1131',
      `${field} is no regular expression: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error, hint: '(?i)^my-model$ matches exactly one name' },
    );
  }
}

function refuse(message: string): Error {
  return modelFailures.create('COAIA-1130', message);
}
