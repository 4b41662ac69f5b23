/** Runs and their items that only spans tell of: clients that record experiments by OTLP and send no links. */
import { toIso } from '#base';
import type { DatasetRow } from '#store';
import type { DatasetRun, DatasetRunItem } from '@coaia/client';
import { readContents, toExperimentParts } from '../experiments/details.ts';
import { toText } from '../experiments/experiments.ts';
import { readExperimentItems, readExperiments } from '../experiments/storage.ts';
import type { CurationPorts } from '../ports.ts';

/** Earliest time there is; runs and their items are read whatever their age. */
const ALWAYS = -62_135_596_800_000;

/** Most runs of one dataset, and items of one run, that are read from spans. */
const MOST = 10_000;

/** Runs of a dataset that have no row of their own, latest activity first. */
export async function listSpanRuns(
  { db }: CurationPorts,
  dataset: DatasetRow,
  name?: string,
): Promise<readonly DatasetRun[]> {
  const { project_id: projectId } = dataset;
  const rows = await readExperiments(db, projectId, {
    from: ALWAYS,
    conditions: [
      { sql: 'dataset_id = ?', parameters: [dataset.id] },
      ...(name === undefined ? [] : [{ sql: 'experiment_name = ?', parameters: [name] }]),
      {
        sql: 'NOT EXISTS (SELECT 1 FROM dataset_runs r WHERE r.project_id = ? AND r.id = experiment_id)',
        parameters: [projectId],
      },
    ],
    limit: MOST,
    onlySpans: true,
  });
  const roots = rows.flatMap(({ observation_id: id }) => (id === null ? [] : [id]));
  const spans = await readContents(db, projectId, 'observations', roots);
  return rows.map((row) => {
    const { experiment } = toExperimentParts(spans.get(row.observation_id ?? '')?.metadata);
    return {
      id: row.experiment_id,
      name: row.experiment_name ?? row.experiment_id,
      description: toText(experiment['description']),
      metadata: experiment['metadata'] ?? null,
      datasetId: dataset.id,
      datasetName: dataset.name,
      createdAt: toIso(row.start_time),
      updatedAt: toIso(row.end_time),
    };
  });
}

/** Items of a run that have no link, oldest first. */
export async function listSpanRunItems(
  { db }: CurationPorts,
  projectId: string,
  run: { readonly id: string; readonly name: string },
): Promise<readonly DatasetRunItem[]> {
  const rows = await readExperimentItems(db, projectId, {
    from: ALWAYS,
    conditions: [{ sql: 'experiment_id = ?', parameters: [run.id] }],
    limit: MOST,
    onlySpans: true,
  });
  return rows.toReversed().map((row) => ({
    id: row.id,
    datasetRunId: run.id,
    datasetRunName: run.name,
    datasetItemId: row.item_id,
    traceId: row.trace_id,
    observationId: row.observation_id,
    createdAt: toIso(row.start_time),
    updatedAt: toIso(row.end_time ?? row.start_time),
  }));
}
