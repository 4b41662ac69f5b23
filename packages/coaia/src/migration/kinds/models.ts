/** Models that a project defined itself; those that come with a server stay there. */
import { toStored } from '#base';
import type { ModelRow } from '#store';
import { readNumbered } from '../sources/pages.ts';
import { readId, readNumber, readRecords, readText, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Kind } from './kind.ts';

const LIST = { segments: ['models'], limit: 100 };

const FIELDS = [
  'modelName',
  'matchPattern',
  'startDate',
  'unit',
  'tokenizerId',
  'tokenizerConfig',
  'createdAt',
] as const;

export const models: Kind = {
  name: 'models',
  async readPage({ api }, position) {
    const page = await readNumbered(api, LIST, position);
    return { ...page, items: page.items.filter((item) => item['isLangfuseManaged'] !== true) };
  },
  toId: readId,
  toContent: (item) => ({ ...toFields(item, FIELDS), tiers: toTiers(item).map(toComparable) }),
  async write({ tx, scope, now }, items) {
    if (items.length === 0) return [];
    // Readers of prices notice a change by the greatest of these times, so it has to grow.
    const [last] = await tx.read<{ readonly latest: number | string | null }>(
      'SELECT max(updated_at) AS latest FROM models WHERE project_id = ?',
      [scope.projectId],
    );
    const first = Math.max(now, Number(last?.latest ?? 0) + 1);
    const rows = items.map((item, index) => toRow(item, scope.projectId, first + index));
    await tx.upsert('models', rows);
    return [];
  },
};

function toRow(item: Wire, projectId: string, updated: number): ModelRow {
  return {
    project_id: projectId,
    id: readId(item),
    model_name: readText(item, 'modelName') ?? readId(item),
    match_pattern: readText(item, 'matchPattern') ?? '',
    start_date: readTime(item, 'startDate'),
    unit: readText(item, 'unit'),
    tokenizer_id: readText(item, 'tokenizerId'),
    tokenizer_config: toStored(item['tokenizerConfig']),
    pricing_tiers: JSON.stringify(toTiers(item)),
    created_at: readTime(item, 'createdAt') ?? updated,
    updated_at: updated,
  };
}

/** Tiers as they are; servers before them have flat prices, which make the default one. */
function toTiers(item: Wire): readonly Wire[] {
  const tiers = readRecords(item, 'pricingTiers');
  if (tiers.length > 0) return tiers;
  const prices = Object.fromEntries(
    (['input', 'output', 'total'] as const).flatMap((key) => {
      const price = readNumber(item, `${key}Price`);
      return price === null ? [] : [[key, price] as const];
    }),
  );
  const name = 'Standard';
  return [{ id: `${readId(item)}:0`, name, isDefault: true, priority: 0, conditions: [], prices }];
}

function toComparable(tier: Wire): Wire {
  return toFields(tier, ['name', 'isDefault', 'priority', 'conditions', 'prices']);
}
