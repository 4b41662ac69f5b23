/** Reads of experiments: dataset runs and spans with experiment attributes, seen as one. */
import { fromStored, parseCursor, toCursor, toIso, type Json, type Scope } from '#base';
import { listScoresOf } from '#observability';
import type { CursorPaged, Experiment } from '@coaia/client';
import { datasetFailures } from '../datasets/errors.ts';
import type { CurationPorts } from '../ports.ts';
import { parseFilterConditions, toListCondition } from './conditions.ts';
import { readContents, readRunsById, toExperimentParts, toMap } from './details.ts';
import { readExperiments, type StoredExperiment } from './storage.ts';

/** A parsed query of `GET /experiments`; times in epoch milliseconds. */
export interface ExperimentListQuery {
  readonly fromStartTime: number;
  readonly toStartTime?: number | undefined;
  readonly fields?: string | undefined;
  readonly limit: number;
  readonly scoreLimit: number;
  readonly cursor?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly datasetId?: string | undefined;
  readonly filter?: string | undefined;
}

const COLUMNS = { id: 'experiment_id', name: 'experiment_name', datasetId: 'dataset_id' };

/** One page of experiments, latest activity first. */
export async function listExperiments(
  ports: CurationPorts,
  scope: Scope,
  query: ExperimentListQuery,
): Promise<CursorPaged<Experiment>> {
  const { db } = ports;
  const rows = await readExperiments(db, scope.projectId, {
    from: query.fromStartTime,
    to: query.toStartTime,
    conditions: [
      ...toListCondition(db.dialect, COLUMNS.id, query.id),
      ...toListCondition(db.dialect, COLUMNS.name, query.name),
      ...toListCondition(db.dialect, COLUMNS.datasetId, query.datasetId),
      ...parseFilterConditions(db.dialect, query.filter, COLUMNS),
    ],
    after: parsePlace(query.cursor),
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  const data = await toExperiments(ports, scope, query, page);
  const cursor = last && toCursor([1, last.end_time, last.experiment_id]);
  return { data, meta: cursor === undefined ? {} : { cursor } };
}

/** The place after which a list goes on. Fails with COAIA-2104 for a text that is no cursor. */
export function parsePlace(
  cursor: string | undefined,
): { readonly time: number; readonly id: string } | undefined {
  if (cursor === undefined) return undefined;
  const place = parseCursor(cursor);
  const [version, time, id] = Array.isArray(place) ? (place as readonly unknown[]) : [];
  if (version === 1 && Number.isSafeInteger(time) && typeof id === 'string')
    return { time: time as number, id };
  throw datasetFailures.create('COAIA-2104', 'The cursor is not one of this list.', {
    hint: 'start again without the cursor parameter',
  });
}

/** Groups of fields that were asked for. */
export function toGroups(fields: string | undefined): ReadonlySet<string> {
  return new Set((fields ?? '').split(',').map((group) => group.trim()));
}

async function toExperiments(
  { db }: CurationPorts,
  { projectId }: Scope,
  query: ExperimentListQuery,
  rows: readonly StoredExperiment[],
): Promise<readonly Experiment[]> {
  const groups = toGroups(query.fields);
  const ids = rows.map((row) => row.experiment_id);
  const roots = rows.flatMap(({ observation_id: id }) => (id === null ? [] : [id]));
  const [runs, spans, scores] = await Promise.all([
    readRunsById(db, projectId, ids),
    readContents(db, projectId, 'observations', roots),
    groups.has('scores') ? listScoresOf(db, projectId, 'dataset_run_id', ids) : [],
  ]);
  return rows.map((row) => {
    const run = runs.get(row.experiment_id);
    const { experiment } = toExperimentParts(spans.get(row.observation_id ?? '')?.metadata);
    const own = scores.filter(({ datasetRunId }) => datasetRunId === row.experiment_id);
    return {
      id: row.experiment_id,
      name: run?.name ?? row.experiment_name ?? row.experiment_id,
      description: run?.description ?? toText(experiment['description']),
      startTime: toIso(row.start_time),
      endTime: toIso(row.end_time),
      itemCount: Number(row.item_count),
      datasetId: row.dataset_id,
      ...(groups.has('metadata')
        ? { metadata: toMap(run?.metadata ? fromStored(run.metadata) : experiment['metadata']) }
        : {}),
      ...(groups.has('scores')
        ? { scores: own.slice(0, query.scoreLimit).map(({ score }) => score) }
        : {}),
    };
  });
}

/** A text, also one that the OTLP reader took for a number. */
export function toText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
