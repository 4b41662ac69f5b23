/** What stands behind the rows of a page of experiments, read for the whole page at once. */
import { fromStored, isObject, type Json, type JsonObject } from '#base';
import type { Database, DatasetItemRow, DatasetRunRow } from '#store';

/** Content of a trace or an observation. */
export interface StoredContent {
  readonly id: string;
  readonly metadata: string | null;
  readonly input: string | null;
  readonly output: string | null;
}

/** Dataset runs by id. */
export async function readRunsById(
  db: Database,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DatasetRunRow>> {
  const rows = await db.read<DatasetRunRow>(
    `SELECT * FROM dataset_runs WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Input, output and metadata of traces or observations by id. */
export async function readContents(
  db: Database,
  projectId: string,
  table: 'traces' | 'observations',
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredContent>> {
  const rows = await db.read<StoredContent>(
    `SELECT id, metadata, input, output FROM ${table} WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every version of the items, newest first. */
export async function readVersionsById(
  db: Database,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly DatasetItemRow[]>> {
  const rows = await db.read<DatasetItemRow>(
    `SELECT * FROM dataset_items WHERE project_id = ? AND ${db.dialect.inList('id')} ORDER BY valid_from DESC`,
    [projectId, JSON.stringify(ids)],
  );
  return Map.groupBy(rows, ({ id }) => id);
}

/** The version that counted then; the newest when the time is unknown. */
export function findVersion(
  versions: readonly DatasetItemRow[] | undefined,
  time: number | undefined,
): DatasetItemRow | undefined {
  if (time === undefined) return versions?.[0];
  return versions?.find((version) => version.valid_from <= time);
}

/** The `langfuse.experiment.*` attributes of a span: `experiment` of its metadata, and the rest of the metadata. */
export function toExperimentParts(metadata: string | null | undefined): {
  readonly experiment: JsonObject;
  readonly item: JsonObject;
  readonly rest: JsonObject;
} {
  const all = toObject(fromStored(metadata));
  const { experiment, ...rest } = all;
  const attributes = toObject(experiment ?? null);
  return { experiment: attributes, item: toObject(attributes['item'] ?? null), rest };
}

function toObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** An object for fields that the contract calls maps; anything else that is there goes under its own name. */
export function toMap(value: Json | undefined): JsonObject | null {
  if (value === undefined || value === null) return null;
  return isObject(value) ? value : { metadata: value };
}
