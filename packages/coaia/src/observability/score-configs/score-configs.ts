/** What can be done with score configs. */
import { createId, notFound, toPageMeta, toStored, type Scope } from '#base';
import type { ScoreConfigRow } from '#store';
import type { Paged, ScoreCategory, ScoreConfig, ScoreConfigType } from '@coaia/client';
import { toPlain } from '../ingestion/body-reader.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { scoreFailures } from '../scores/errors.ts';
import type { ScoreConfigBody, ScoreConfigListQuery, ScoreConfigPatchBody } from './schema.ts';
import { BOOLEAN_CATEGORIES, findConfigProblem, toScoreConfig } from './score-config.ts';
import { readScoreConfig, readScoreConfigCount, readScoreConfigs } from './storage.ts';

/** One page of configs, newest first, the archived ones too. */
export async function listScoreConfigs(
  { db }: ObservabilityPorts,
  scope: Scope,
  { page, limit }: ScoreConfigListQuery,
): Promise<Paged<ScoreConfig>> {
  const [rows, total] = await Promise.all([
    readScoreConfigs(db, scope.projectId, { limit, offset: (page - 1) * limit }),
    readScoreConfigCount(db, scope.projectId),
  ]);
  return { data: rows.map(toScoreConfig), meta: toPageMeta(page, limit, total) };
}

/** One config. Fails with COAIA-0003. */
export async function getScoreConfig(
  { db }: ObservabilityPorts,
  scope: Scope,
  configId: string,
): Promise<ScoreConfig> {
  const row = await readScoreConfig(db, scope.projectId, configId);
  if (row === undefined) throw notFound('Score config', configId);
  return toScoreConfig(row);
}

/** Stores a new config; two may have the same name. Fails with COAIA-1082. */
export async function createScoreConfig(
  { db, clock, isStrict }: ObservabilityPorts,
  scope: Scope,
  body: ScoreConfigBody,
): Promise<ScoreConfig> {
  const now = clock();
  const draft: ScoreConfigRow = {
    project_id: scope.projectId,
    id: createId(),
    name: toPlain(body.name),
    data_type: body.dataType,
    is_archived: 0,
    min_value: body.minValue ?? null,
    max_value: body.maxValue ?? null,
    categories: toStored(body.categories?.map(toPlainCategory)),
    description: toText(body.description),
    created_at: now,
    updated_at: now,
  };
  const row = toCheckedRow(draft, scope.isStrict ?? isStrict);
  await db.write((tx) => tx.upsert('score_configs', [row]));
  return toScoreConfig(row);
}

/** Changes what the body names; the data type stays. Fails with COAIA-0003 and COAIA-1082. */
export async function updateScoreConfig(
  { db, clock, isStrict }: ObservabilityPorts,
  scope: Scope,
  configId: string,
  body: ScoreConfigPatchBody,
): Promise<ScoreConfig> {
  return db.write(async (tx) => {
    await tx.lock([`score-config|${scope.projectId}|${configId}`]);
    const before = await readScoreConfig(tx, scope.projectId, configId);
    if (before === undefined) throw notFound('Score config', configId);
    const draft = { ...before, ...toChange(body), updated_at: clock() };
    const row = toCheckedRow(draft, scope.isStrict ?? isStrict);
    await tx.upsert('score_configs', [row]);
    return toScoreConfig(row);
  });
}

/** Name, categories and state cannot be taken away, so null leaves them; null clears the others. */
function toChange(body: ScoreConfigPatchBody): Partial<ScoreConfigRow> {
  const change: Partial<ScoreConfigRow> = {};
  if (typeof body.name === 'string') change.name = toPlain(body.name);
  if (typeof body.isArchived === 'boolean') change.is_archived = body.isArchived ? 1 : 0;
  if (Array.isArray(body.categories))
    change.categories = JSON.stringify(body.categories.map(toPlainCategory));
  if (body.minValue !== undefined) change.min_value = body.minValue;
  if (body.maxValue !== undefined) change.max_value = body.maxValue;
  if (body.description !== undefined) change.description = toText(body.description);
  return change;
}

/** A label becomes the text of a score, so it must be one that both databases take. */
function toPlainCategory({ label, value }: ScoreCategory): ScoreCategory {
  return { label: toPlain(label), value };
}

function toText(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : toPlain(text);
}

function toCheckedRow(row: ScoreConfigRow, isStrict = false): ScoreConfigRow {
  const draft = {
    name: row.name,
    dataType: row.data_type as ScoreConfigType,
    minValue: row.min_value,
    maxValue: row.max_value,
    categories: toScoreConfig(row).categories ?? null,
  };
  const problem = findConfigProblem(draft, isStrict);
  if (problem !== undefined) throw scoreFailures.create('COAIA-1082', problem);
  return row.data_type === 'BOOLEAN'
    ? { ...row, categories: JSON.stringify(BOOLEAN_CATEGORIES) }
    : row;
}
