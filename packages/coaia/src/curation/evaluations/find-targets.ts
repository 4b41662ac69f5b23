/** What a run that somebody asked for means: traces by id or filter, or the items of an experiment. */
import { notFound, toIso } from '#base';
import type { Scope } from '#base';
import { createLocalObservability } from '#observability';
import type { Database } from '#store';
import { readRun } from '../dataset-runs/storage.ts';
import { readDatasetByName } from '../datasets/storage.ts';
import { readExperimentItems } from '../experiments/storage.ts';
import type { EvaluationInput } from './evaluation.ts';
import type { EvaluationPorts } from './ports.ts';
import type { RunBody } from './schema.ts';
import { JUDGE_ENVIRONMENT } from './subject.ts';

type Target = Pick<
  EvaluationInput,
  'target' | 'traceId' | 'observationId' | 'datasetItemId' | 'experimentId'
>;

/** Earliest time there is. */
const ALWAYS = -62_135_596_800_000;
const PAGE = 100;

/** At most `limit` targets, newest first. Fails with COAIA-0003, and with COAIA-1020 to 1022 for a filter. */
export async function findTargets(
  ports: Pick<EvaluationPorts, 'db' | 'clock'>,
  scope: Scope,
  body: RunBody,
): Promise<readonly Target[]> {
  if (body.traceIds !== undefined)
    return toTraceTargets(await requireTraces(ports.db, scope, body.traceIds));
  if (body.filter !== undefined)
    return toTraceTargets(await listTraceIds(ports, scope, body.filter, body.limit));
  const { datasetName, runName, limit } = body;
  const experimentId =
    datasetName === undefined || runName === undefined
      ? (body.experimentId ?? '')
      : await findRunId(ports.db, scope, datasetName, runName);
  return listItems(ports.db, scope, experimentId, limit);
}

function toTraceTargets(ids: readonly string[]): readonly Target[] {
  return ids.map((traceId) => ({
    target: 'trace',
    traceId,
    observationId: null,
    datasetItemId: null,
    experimentId: null,
  }));
}

async function requireTraces(
  db: Database,
  { projectId }: Scope,
  ids: readonly string[],
): Promise<readonly string[]> {
  const unique = [...new Set(ids)];
  const rows = await db.read<{ readonly id: string }>(
    `SELECT id FROM traces WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(unique)],
  );
  const known = new Set(rows.map(({ id }) => id));
  const missing = unique.find((id) => !known.has(id));
  if (missing !== undefined) throw notFound('Trace', missing);
  return unique;
}

/** The judges' own traces are never meant. */
async function listTraceIds(
  ports: Pick<EvaluationPorts, 'db' | 'clock'>,
  scope: Scope,
  filter: string,
  limit: number,
): Promise<readonly string[]> {
  const api = createLocalObservability(ports, scope);
  const found: string[] = [];
  // What arrives meanwhile must not move the pages.
  const toTimestamp = toIso(ports.clock());
  for (let page = 1; found.length < limit; page++) {
    const { data } = await api.listTraces({
      q: filter,
      toTimestamp,
      page,
      limit: PAGE,
      fields: 'core',
    });
    found.push(
      ...data.filter(({ environment }) => environment !== JUDGE_ENVIRONMENT).map(({ id }) => id),
    );
    if (data.length < PAGE) break;
  }
  return found.slice(0, limit);
}

async function findRunId(
  db: Database,
  { projectId }: Scope,
  datasetName: string,
  runName: string,
): Promise<string> {
  const dataset = await readDatasetByName(db, projectId, datasetName);
  if (dataset === undefined) throw notFound('Dataset', datasetName);
  const run = await readRun(db, projectId, dataset.id, runName);
  if (run === undefined) throw notFound('Dataset run', runName);
  return run.id;
}

async function listItems(
  db: Database,
  { projectId }: Scope,
  experimentId: string,
  limit: number,
): Promise<readonly Target[]> {
  const rows = await readExperimentItems(db, projectId, {
    from: ALWAYS,
    conditions: [{ sql: 'experiment_id = ?', parameters: [experimentId] }],
    limit,
  });
  if (rows.length === 0) throw notFound('Experiment', experimentId);
  return rows.map((row) => ({
    target: 'experiment',
    traceId: row.trace_id,
    observationId: row.observation_id,
    datasetItemId: row.item_id,
    experimentId,
  }));
}
