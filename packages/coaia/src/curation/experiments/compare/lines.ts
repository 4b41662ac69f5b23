/** Runs with their sums: what a list of experiments shows. */
import { fromStored, toCursor, toIso, type Scope } from '#base';
import type { DatasetRunRow } from '#store';
import type { ExperimentLine, ExperimentLines } from '@coaia/client';
import type { CurationPorts } from '../../ports.ts';
import { readContents, readRunsById, toExperimentParts, type StoredContent } from '../details.ts';
import { parsePlace, toText } from '../experiments.ts';
import { readExperiments, type StoredExperiment } from '../storage.ts';
import { toWithin } from './find-runs.ts';
import { toFactMeasure, toScoreMeasures, toSummary, type Measure } from './measures.ts';
import { MOST_ANSWERS, readAnswers, type Answer } from './run-facts.ts';
import { readDatasetNames, readPrompts } from './sources.ts';

/** A parsed query of the list. */
export interface LinesQuery {
  readonly dataset?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Answers of a single run that its sums are made of. */
const MOST_OF_ONE = 200_000;

const ALWAYS = -62_135_596_800_000;

/** One page of runs, latest activity first, each with its sums. Fails with COAIA-2300 for the dataset. */
export async function listExperimentLines(
  ports: CurationPorts,
  scope: Scope,
  { dataset, limit, cursor }: LinesQuery,
): Promise<ExperimentLines> {
  const rows = await readExperiments(ports.db, scope.projectId, {
    from: ALWAYS,
    conditions: await toWithin(ports, scope, dataset),
    after: parsePlace(cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const data: ExperimentLine[] = [];
  for (const runs of toRunGroups(page)) {
    const ids = runs.map((run) => run.experiment_id);
    const answers = await readAnswers(ports, scope, ids, MOST_OF_ONE);
    data.push(...(await toLines(ports, scope, runs, answers)));
  }
  const next = last && toCursor([1, last.end_time, last.experiment_id]);
  return {
    data,
    meta: next === undefined ? {} : { cursor: next },
  };
}

/** Runs that are read together; a large one stands alone. */
export function toRunGroups(
  runs: readonly StoredExperiment[],
): readonly (readonly StoredExperiment[])[] {
  const groups: StoredExperiment[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const run of runs) {
    const count = Number(run.item_count);
    if (size + count > MOST_ANSWERS) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(run);
    size += count;
  }
  return groups;
}

/** The lines of runs whose answers were read already, in the order of `runs`. */
export async function toLines(
  { db }: CurationPorts,
  { projectId }: Scope,
  runs: readonly StoredExperiment[],
  answers: readonly Answer[],
): Promise<readonly ExperimentLine[]> {
  const ids = runs.map((run) => run.experiment_id);
  const roots = runs.flatMap(({ observation_id: id }) => (id === null ? [] : [id]));
  const datasets = runs.flatMap(({ dataset_id: id }) => (id === null ? [] : [id]));
  const traceIds = [...new Set(answers.map(({ stored }) => stored.trace_id))];
  const [stored, spans, names, used] = await Promise.all([
    readRunsById(db, projectId, ids),
    readContents(db, projectId, 'observations', roots),
    readDatasetNames(db, projectId, datasets),
    readPrompts(db, projectId, traceIds),
  ]);
  const byRun = Map.groupBy(answers, ({ runId }) => runId);
  const prompts = Map.groupBy(used, (row) => row.trace_id);
  return runs.map((run) => {
    const own = byRun.get(run.experiment_id) ?? [];
    return {
      ...toHead(run, stored.get(run.experiment_id), spans.get(run.observation_id ?? '')),
      datasetName: names.get(run.dataset_id ?? '') ?? null,
      ...toSums(run.experiment_id, own),
      prompts: toPromptList(own.flatMap(({ stored: item }) => prompts.get(item.trace_id) ?? [])),
    };
  });
}

/** What the run's row says of it, else the span of an answer. */
function toHead(
  run: StoredExperiment,
  row: DatasetRunRow | undefined,
  span: StoredContent | undefined,
) {
  const { experiment } = toExperimentParts(span?.metadata);
  return {
    id: run.experiment_id,
    name: row?.name ?? run.experiment_name ?? run.experiment_id,
    description: row?.description ?? toText(experiment['description']),
    startTime: toIso(run.start_time),
    endTime: toIso(run.end_time),
    datasetId: run.dataset_id,
    metadata: (row?.metadata ? fromStored(row.metadata) : experiment['metadata']) ?? null,
  };
}

function toSums(runId: string, answers: readonly Answer[]) {
  const itemIds = [...new Set(answers.map(({ itemId }) => itemId))];
  const sum = (measure: Measure) => toSummary(measure, runId, itemIds);
  const costs = answers.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return {
    items: itemIds.length,
    errors: new Set(answers.filter(({ isError }) => isError).map(({ itemId }) => itemId)).size,
    scores: toScoreMeasures(answers).map(sum),
    cost: sum(toFactMeasure('cost', answers)),
    totalCost: costs.length === 0 ? null : costs.reduce((total, cost) => total + cost, 0),
    latency: sum(toFactMeasure('latency', answers)),
  };
}

function toPromptList(
  rows: readonly { readonly prompt_name: string; readonly prompt_version: number | null }[],
) {
  const found = new Map(
    rows.map((row) => [
      `${row.prompt_name} ${row.prompt_version}`,
      { name: row.prompt_name, version: row.prompt_version },
    ]),
  );
  return [...found.values()];
}
