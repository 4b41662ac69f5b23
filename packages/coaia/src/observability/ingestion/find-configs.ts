/** The score configs that the scores of a batch name, read once before the batch is parsed. */
import { isObject } from '#base';
import type { Database, Transaction } from '#store';
import type { ConfigsById } from '../score-configs/check-score.ts';
import { toScoreConfig } from '../score-configs/score-config.ts';
import { readScoreConfigsById } from '../score-configs/storage.ts';
import { isId } from './body-reader.ts';

/** Reads nothing when no score names a config, which is the rule. */
export async function findConfigs(
  db: Database,
  projectId: string,
  events: readonly unknown[],
  reader: Pick<Transaction, 'read'> = db,
): Promise<ConfigsById | undefined> {
  const ids = new Set<string>();
  for (const event of events) {
    const id = isObject(event) && isObject(event.body) ? event.body['configId'] : undefined;
    if (isId(id)) ids.add(id);
  }
  if (ids.size === 0) return undefined;
  const rows = await readScoreConfigsById(reader, db.dialect, projectId, [...ids]);
  return new Map(rows.map((row) => [row.id, toScoreConfig(row)]));
}
