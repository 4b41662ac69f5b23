/** Reads of the items of experiments. */
import { fromStored, parseTime, toCursor, toIso, type Json, type Scope } from '#base';
import { listScoresOf } from '#observability';
import type { CursorPaged, ExperimentItem } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { parseFilterConditions, toListCondition } from './conditions.ts';
import {
  findVersion,
  readContents,
  readRunsById,
  readVersionsById,
  toExperimentParts,
  toMap,
} from './details.ts';
import { parsePlace, toGroups, toText } from './experiments.ts';
import { readExperimentItems, toItemPlace, type StoredExperimentItem } from './storage.ts';

/** A parsed query of `GET /experiment-items`; times in epoch milliseconds. */
export interface ExperimentItemListQuery {
  readonly fromStartTime: number;
  readonly toStartTime?: number | undefined;
  readonly fields?: string | undefined;
  readonly limit: number;
  readonly scoreLimit: number;
  readonly cursor?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly experimentName?: string | undefined;
  readonly experimentItemId?: string | undefined;
  readonly datasetId?: string | undefined;
  readonly filter?: string | undefined;
}

const COLUMNS = {
  experimentId: 'experiment_id',
  experimentName: 'experiment_name',
  experimentItemId: 'item_id',
  datasetId: 'dataset_id',
} as const;

/** One page of items, newest first; `core` and `dataset` unless other groups are asked for. */
export async function listExperimentItems(
  ports: CurationPorts,
  scope: Scope,
  query: ExperimentItemListQuery,
): Promise<CursorPaged<ExperimentItem>> {
  const { db } = ports;
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const rows = await readExperimentItems(db, scope.projectId, {
    from: query.fromStartTime,
    to: query.toStartTime,
    conditions: [
      ...names.flatMap((name) => toListCondition(db.dialect, COLUMNS[name], query[name])),
      ...parseFilterConditions(db.dialect, query.filter, COLUMNS),
    ],
    after: parsePlace(query.cursor),
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  const sources = await readSources(ports, scope, page);
  const data = page.map((row) => toItem(row, sources, query));
  const cursor = last && toCursor([1, last.start_time, toItemPlace(last)]);
  return { data, meta: cursor === undefined ? {} : { cursor } };
}

type Sources = Awaited<ReturnType<typeof readSources>>;

async function readSources(
  { db }: CurationPorts,
  { projectId }: Scope,
  rows: readonly StoredExperimentItem[],
) {
  const unique = (values: readonly (string | null)[]) => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const traceIds = unique(rows.map((row) => row.trace_id));
  const [runs, observations, traces, versions, scores] = await Promise.all([
    readRunsById(db, projectId, unique(rows.map((row) => row.experiment_id))),
    readContents(db, projectId, 'observations', unique(rows.map((row) => row.observation_id))),
    readContents(db, projectId, 'traces', traceIds),
    readVersionsById(db, projectId, unique(rows.map((row) => row.item_id))),
    listScoresOf(db, projectId, 'trace_id', traceIds),
  ]);
  return { runs, observations, traces, versions, scores };
}

function toItem(
  row: StoredExperimentItem,
  sources: Sources,
  query: ExperimentItemListQuery,
): ExperimentItem {
  const asked = toGroups(query.fields ?? 'core,dataset');
  const run = sources.runs.get(row.experiment_id);
  const content =
    sources.observations.get(row.observation_id ?? '') ?? sources.traces.get(row.trace_id);
  const { experiment, item, rest } = toExperimentParts(content?.metadata);
  const version = toVersionTime(row.version);
  const source = findVersion(sources.versions.get(row.item_id), version);
  const stored = (text: string | null | undefined): Json => fromStored(text);
  const groups: Readonly<Record<string, () => object>> = {
    dataset: () => ({
      experimentDatasetId: row.dataset_id,
      experimentItemVersion: version === undefined ? null : toIso(version),
    }),
    io: () => ({
      input: stored(content?.input) ?? stored(source?.input),
      output: stored(content?.output),
      expectedOutput: item['expected_output'] ?? stored(source?.expected_output),
    }),
    metadata: () => ({ metadata: toMap(rest) }),
    itemMetadata: () => ({
      experimentItemMetadata: toMap(item['metadata'] ?? stored(source?.metadata)),
    }),
    experimentMetadata: () => ({
      experimentMetadata: toMap(run?.metadata ? stored(run.metadata) : experiment['metadata']),
      experimentDescription: run?.description ?? toText(experiment['description']),
    }),
    scores: () => ({
      scores: sources.scores
        .filter(({ traceId }) => traceId === row.trace_id)
        .slice(0, query.scoreLimit)
        .map(({ score }) => score),
    }),
  };
  const chosen = Object.entries(groups).filter(([name]) => asked.has(name));
  return Object.assign(
    toCore(row, run?.name),
    ...chosen.map(([, read]) => read()),
  ) as ExperimentItem;
}

function toCore(row: StoredExperimentItem, runName: string | undefined) {
  return {
    id: row.id,
    traceId: row.trace_id,
    startTime: toIso(row.start_time),
    endTime: row.end_time === null ? null : toIso(row.end_time),
    level: row.level ?? 'DEFAULT',
    environment: row.environment ?? 'default',
    experimentId: row.experiment_id,
    experimentName: runName ?? row.experiment_name ?? row.experiment_id,
    experimentItemId: row.item_id,
  };
}

/** Links hold milliseconds, spans an ISO 8601 text. */
function toVersionTime(version: number | string | null): number | undefined {
  if (version === null) return undefined;
  const text = String(version);
  return /^\d+$/.test(text) ? Number(text) : parseTime(text);
}
