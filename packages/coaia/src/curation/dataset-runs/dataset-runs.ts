/** Changes of runs over datasets; reads are in list-runs.ts. */
import { createId, fromStored, invalidRequest, isObject, notFound, toStored } from '#base';
import type { Scope } from '#base';
import type { DatasetRunItemRow, DatasetRunRow, Transaction } from '#store';
import type { DatasetRunItem } from '@coaia/client';
import { readNewestVersion } from '../dataset-items/storage.ts';
import { deleteExperiment } from '../experiments/delete-experiment.ts';
import type { CurationPorts } from '../ports.ts';
import { toDatasetRunItem } from './dataset-run.ts';
import { findDatasetRun } from './list-runs.ts';
import type { RunItemBody } from './schema.ts';
import { readRun, readSameRunItem, readTraceIdOf } from './storage.ts';

/** Removes a run as `deleteExperiment` does; traces stay. Fails with COAIA-0003. */
export async function deleteDatasetRun(
  ports: CurationPorts,
  scope: Scope,
  datasetName: string,
  runName: string,
): Promise<{ readonly message: string }> {
  const { id } = await findDatasetRun(ports, scope, datasetName, runName);
  await deleteExperiment(ports, scope, id);
  return { message: 'Dataset run successfully deleted' };
}

/**
 * Links a trace or observation to an item under a run. The run is born with its first link; later ones replace
 * its description and merge its metadata. The same link again changes nothing, so a retry is harmless.
 */
export async function createDatasetRunItem(
  ports: CurationPorts,
  scope: Scope,
  body: RunItemBody,
): Promise<DatasetRunItem> {
  const { projectId } = scope;
  const now = ports.clock();
  const ids = { run: createId(), link: createId() };
  return ports.db.write(async (tx) => {
    const datasetId = await findDatasetId(tx, projectId, body);
    await tx.lock([`dataset-run:${projectId}:${datasetId}:${body.runName}`]);
    const traceId = body.traceId ?? (await findTraceId(tx, projectId, body.observationId));
    const old = await readRun(tx, projectId, datasetId, body.runName);
    const run = toRun({ projectId, id: ids.run, datasetId, now }, body, old);
    await tx.upsert('dataset_runs', [run]);
    const link: DatasetRunItemRow = {
      project_id: projectId,
      id: ids.link,
      run_id: run.id,
      dataset_item_id: body.datasetItemId,
      trace_id: traceId,
      observation_id: body.observationId ?? null,
      dataset_version: body.datasetVersion ?? null,
      created_at: body.createdAt ?? now,
      updated_at: now,
    };
    const same = await readSameRunItem(tx, link);
    if (same === undefined) {
      await tx.upsert('dataset_run_items', [link]);
      // Whoever follows changes learns that the trace belongs to an experiment now.
      await tx.addChanges(projectId, [{ kind: 'trace', id: traceId }]);
    }
    return toDatasetRunItem(same ?? link, run.name);
  });
}

/** Dataset of the item, which must be there now, or have been there at the version that was asked for. */
async function findDatasetId(
  tx: Transaction,
  projectId: string,
  body: RunItemBody,
): Promise<string> {
  const item = await readNewestVersion(tx, projectId, body.datasetItemId);
  const isThere = item?.valid_to === null || typeof body.datasetVersion === 'number';
  if (item === undefined || !isThere) throw notFound('Dataset item', body.datasetItemId);
  return item.dataset_id;
}

async function findTraceId(
  tx: Transaction,
  projectId: string,
  observationId: string | null | undefined,
): Promise<string> {
  if (typeof observationId !== 'string')
    throw invalidRequest('A run item needs a traceId or an observationId.');
  const traceId = await readTraceIdOf(tx, projectId, observationId);
  if (traceId === undefined) throw notFound('Observation', observationId);
  return traceId;
}

interface RunPlace {
  readonly projectId: string;
  readonly id: string;
  readonly datasetId: string;
  readonly now: number;
}

function toRun(place: RunPlace, body: RunItemBody, old: DatasetRunRow | undefined): DatasetRunRow {
  const created = body.createdAt ?? place.now;
  return {
    project_id: place.projectId,
    id: old?.id ?? place.id,
    dataset_id: place.datasetId,
    name: body.runName,
    description: body.runDescription ?? old?.description ?? null,
    created_at: old?.created_at ?? created,
    updated_at: place.now,
    metadata: toMerged(old?.metadata ?? null, body.metadata),
  };
}

/** Objects are merged at their first level; anything else replaces. Null and nothing keep what is stored. */
function toMerged(stored: string | null, given: unknown): string | null {
  if (given === undefined || given === null) return stored;
  const old = fromStored(stored);
  return toStored(isObject(old) && isObject(given) ? { ...old, ...given } : given);
}
