/** Score configs: what scores of one kind may be. */
import { toStored } from '#base';
import type { ScoreConfigRow } from '#store';
import { readNumbered } from '../sources/pages.ts';
import { readId, readNumber, readText, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Kind } from './kind.ts';

const LIST = { segments: ['score-configs'], limit: 100 };

const FIELDS = [
  'name',
  'dataType',
  'isArchived',
  'minValue',
  'maxValue',
  'categories',
  'description',
  'createdAt',
] as const;

export const scoreConfigs: Kind = {
  name: 'score-configs',
  readPage: ({ api }, position) => readNumbered(api, LIST, position),
  toId: readId,
  toContent: (item) => toFields(item, FIELDS),
  async write({ tx, scope, now }, items) {
    await tx.upsert(
      'score_configs',
      items.map((item) => toRow(item, scope.projectId, now)),
    );
    return [];
  },
};

function toRow(item: Wire, projectId: string, now: number): ScoreConfigRow {
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: projectId,
    id: readId(item),
    name: readText(item, 'name') ?? readId(item),
    data_type: readText(item, 'dataType') ?? 'NUMERIC',
    is_archived: item['isArchived'] === true ? 1 : 0,
    min_value: readNumber(item, 'minValue'),
    max_value: readNumber(item, 'maxValue'),
    categories: toStored(item['categories']),
    description: readText(item, 'description'),
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
  };
}
