/** Runs over datasets with their links; where a server has only experiments, those stand for them. */
import { toStored } from '#base';
import type { DatasetRunRow, DatasetRunItemRow } from '#store';
import { readNumbered } from '../sources/pages.ts';
import type { Position, SourcePage } from '../sources/pages.ts';
import type { Source } from '../sources/source.ts';
import { isMissing } from '../sources/source.ts';
import { readId, readRecords, readText, readTime, toFields, toWire } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import { readExperiments } from './experiments.ts';
import { findExisting } from './find-existing.ts';
import type { Gap, Kind, WriteTarget } from './kind.ts';

const RUN_FIELDS = ['name', 'description', 'datasetId'] as const;
const LINK_FIELDS = ['datasetItemId', 'traceId', 'observationId'] as const;

export const datasetRuns: Kind = {
  name: 'dataset-runs',
  note: ({ modes }) =>
    modes.runs === 'runs'
      ? undefined
      : 'the server has no list of dataset runs (404); its experiments are copied as runs',
  readPage: (source, position) =>
    source.modes.runs === 'runs' ? readRuns(source, position) : readExperiments(source, position),
  toId: readId,
  toContent: (item) => ({
    ...toFields(item, RUN_FIELDS),
    metadata: item['metadata'] ?? {},
    items: readRecords(item, 'datasetRunItems')
      .map((link) => JSON.stringify(toFields(link, LINK_FIELDS)))
      .toSorted(),
  }),
  async write(target, items) {
    const wanted = items.map((item) => readId(item, 'datasetId'));
    const known = await findExisting(target, 'datasets', [...new Set(wanted)]);
    const gaps: Gap[] = [];
    for (const item of items) {
      const reason = known.has(readId(item, 'datasetId'))
        ? await writeRun(target, item)
        : toMissing(item);
      if (reason !== undefined) gaps.push({ id: readId(item), reason });
    }
    return gaps;
  },
};

function toMissing(item: Wire): string {
  return readText(item, 'datasetId') === null
    ? 'an experiment without a dataset is no run; its observations are copied'
    : 'its dataset was not copied';
}

/** One page of the runs of one dataset; the position holds which dataset it is, counted from 1. */
async function readRuns({ api }: Source, position: Position | undefined): Promise<SourcePage> {
  const dataset = Number(position?.['dataset'] ?? 1);
  const list = await readNumbered(
    api,
    { segments: ['v2', 'datasets'], limit: 1 },
    { page: dataset },
  );
  const [found] = list.items;
  if (found === undefined) return { items: [] };
  const name = readId(found, 'name');
  const segments = ['datasets', name, 'runs'];
  const runs = await readNumbered(api, { segments, limit: 20 }, position);
  const items: Wire[] = [];
  for (const run of runs.items) {
    const whole = await findRun({ api }, [...segments, readId(run, 'name')]);
    if (whole !== undefined) items.push({ datasetId: readId(found), ...run, ...whole });
  }
  if (runs.next !== undefined) return { items, next: { dataset, page: runs.next['page'] ?? 1 } };
  return list.next === undefined ? { items } : { items, next: { dataset: dataset + 1, page: 1 } };
}

/** A run that went away between both reads is left out. */
async function findRun(
  { api }: Pick<Source, 'api'>,
  segments: readonly string[],
): Promise<Wire | undefined> {
  try {
    return toWire(await api.get(segments));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function writeRun({ tx, scope, now }: WriteTarget, item: Wire): Promise<string | undefined> {
  const row = toRow(item, scope.projectId, now);
  const [other] = await tx.read<{ readonly id: string }>(
    'SELECT id FROM dataset_runs WHERE project_id = ? AND dataset_id = ? AND name = ? AND id <> ?',
    [row.project_id, row.dataset_id, row.name, row.id],
  );
  if (other !== undefined) return `this store has another run with the name ${row.name}`;
  await tx.upsert('dataset_runs', [row]);
  await tx.upsert(
    'dataset_run_items',
    readRecords(item, 'datasetRunItems').map((link) => toLink(link, row, now)),
  );
  return undefined;
}

function toRow(item: Wire, projectId: string, now: number): DatasetRunRow {
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: projectId,
    id: readId(item),
    dataset_id: readId(item, 'datasetId'),
    name: readText(item, 'name') ?? readId(item),
    description: readText(item, 'description'),
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
    metadata: toStored(item['metadata']),
  };
}

function toLink(link: Wire, run: DatasetRunRow, now: number): DatasetRunItemRow {
  const created = readTime(link, 'createdAt') ?? now;
  return {
    project_id: run.project_id,
    id: readId(link),
    run_id: run.id,
    dataset_item_id: readId(link, 'datasetItemId'),
    trace_id: readId(link, 'traceId'),
    observation_id: readText(link, 'observationId'),
    dataset_version: null,
    created_at: created,
    updated_at: readTime(link, 'updatedAt') ?? created,
  };
}
