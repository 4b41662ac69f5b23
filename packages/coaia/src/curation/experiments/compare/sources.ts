/** SQL behind comparisons. Everything that grows with the size of runs is read away from the event loop. */
import type { Database } from '#store';

/** Ids of one reading: what comes back is unpacked on the event loop, so it comes in parts. */
const IDS_AT_ONCE = 1000;

async function readInParts<Row>(
  ids: readonly string[],
  read: (part: string) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const unique = [...new Set(ids)];
  const found: Row[][] = [];
  for (let first = 0; first < unique.length; first += IDS_AT_ONCE)
    found.push([...(await read(JSON.stringify(unique.slice(first, first + IDS_AT_ONCE))))]);
  return found.flat();
}

/** Facts of a trace or an observation that a cell shows. */
export interface StoredFacts {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id: string | null;
  readonly start_time: number | null;
  readonly end_time: number | null;
  readonly total_cost: number | null;
  readonly error_count: number;
}

/** One score of a trace, whatever its type. */
export interface StoredValue {
  readonly trace_id: string;
  readonly observation_id: string | null;
  readonly name: string;
  readonly value: number | null;
  readonly string_value: string | null;
  readonly data_type: string;
}

/** Times, cost and errors of traces. */
export function readTraceFacts(
  db: Database,
  projectId: string,
  ids: readonly string[],
): Promise<readonly StoredFacts[]> {
  return readInParts(ids, (part) =>
    db.scan(
      `SELECT id, id AS trace_id, NULL AS parent_id, start_time, end_time, total_cost, error_count
     FROM traces WHERE project_id = ? AND ${db.dialect.inList('id')}`,
      [projectId, part],
    ),
  );
}

/** The same of every observation of traces, for traces in which several items were answered. */
export function readObservationFacts(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly StoredFacts[]> {
  return readInParts(traceIds, (part) =>
    db.scan(
      `SELECT id, trace_id, parent_observation_id AS parent_id, start_time, end_time, total_cost,
       CASE WHEN level = 'ERROR' THEN 1 ELSE 0 END AS error_count
     FROM observations WHERE project_id = ? AND ${db.dialect.inList('trace_id')}`,
      [projectId, part],
    ),
  );
}

/** Scores of traces and their observations that can be compared, oldest first. */
export function readValues(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly StoredValue[]> {
  return readInParts(traceIds, (part) =>
    db.scan(
      `SELECT trace_id, observation_id, name, value, string_value, data_type FROM scores
     WHERE project_id = ? AND trace_id IS NOT NULL AND ${db.dialect.inList('trace_id')}
       AND data_type IN ('NUMERIC', 'BOOLEAN', 'CATEGORICAL') ORDER BY timestamp, id`,
      [projectId, part],
    ),
  );
}

/** What the first error of each trace says. */
export async function readStatusMessages(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await readInParts(traceIds, (part) =>
    db.scan<{ readonly trace_id: string; readonly status_message: string }>(
      `SELECT trace_id, status_message FROM observations WHERE project_id = ? AND level = 'ERROR'
       AND status_message IS NOT NULL AND ${db.dialect.inList('trace_id')} ORDER BY start_time DESC`,
      [projectId, part],
    ),
  );

  return new Map(rows.map((row) => [row.trace_id, row.status_message]));
}

/** Prompts that observations of traces name. */
export function readPrompts(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<
  readonly {
    readonly trace_id: string;
    readonly prompt_name: string;
    readonly prompt_version: number | null;
  }[]
> {
  return readInParts(traceIds, (part) =>
    db.scan(
      `SELECT DISTINCT trace_id, prompt_name, prompt_version FROM observations
     WHERE project_id = ? AND prompt_name IS NOT NULL AND ${db.dialect.inList('trace_id')}`,
      [projectId, part],
    ),
  );
}

/** Metadata of the newest version of items. */
export async function readItemMetadata(
  db: Database,
  projectId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await readInParts(itemIds, (part) =>
    db.scan<{ readonly id: string; readonly metadata: string | null }>(
      `SELECT id, metadata FROM dataset_items
     WHERE project_id = ? AND ${db.dialect.inList('id')} ORDER BY valid_from`,
      [projectId, part],
    ),
  );

  return new Map(rows.map((row) => [row.id, row.metadata]));
}

/** Whole outputs, to see which differ. */
export async function readOutputs(
  db: Database,
  projectId: string,
  table: 'traces' | 'observations',
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await readInParts(ids, (part) =>
    db.scan<{ readonly id: string; readonly output: string | null }>(
      `SELECT id, output FROM ${table} WHERE project_id = ? AND ${db.dialect.inList('id')}`,
      [projectId, part],
    ),
  );

  return new Map(rows.map((row) => [row.id, row.output]));
}

/** Names of datasets by id. */
export async function readDatasetNames(
  db: Database,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.read<{ readonly id: string; readonly name: string }>(
    `SELECT id, name FROM datasets WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
