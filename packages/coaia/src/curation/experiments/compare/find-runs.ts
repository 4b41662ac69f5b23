/** Finds the runs that a caller means, by id or by name. */
import type { Scope } from '#base';
import { readDatasetByName } from '../../datasets/storage.ts';
import type { CurationPorts } from '../../ports.ts';
import { readExperiments, type Condition, type StoredExperiment } from '../storage.ts';
import { comparisonFailures } from './errors.ts';

const ALWAYS = -62_135_596_800_000;

/** Runs that may share a name before the sentence stops listing them. */
const MOST_ALIKE = 20;

/** The runs in the order asked. Fails with COAIA-2300 (none) and COAIA-2301 (several of this name). */
export async function findRuns(
  ports: CurationPorts,
  scope: Scope,
  names: readonly string[],
  dataset: string | undefined,
): Promise<readonly StoredExperiment[]> {
  const within = await toWithin(ports, scope, dataset);
  return Promise.all(names.map((name) => findRun(ports, scope, name, within)));
}

/** The condition that a dataset's name means. Fails with COAIA-2300 for a name that no dataset has. */
export async function toWithin(
  { db }: CurationPorts,
  { projectId }: Scope,
  dataset: string | undefined,
): Promise<readonly Condition[]> {
  if (dataset === undefined) return [];
  const found = await readDatasetByName(db, projectId, dataset);
  if (found === undefined) {
    throw comparisonFailures.create('COAIA-2300', `There is no dataset called ${dataset}.`, {
      hint: 'coaia datasets list',
    });
  }
  return [{ sql: 'dataset_id = ?', parameters: [found.id] }];
}

async function findRun(
  { db }: CurationPorts,
  { projectId }: Scope,
  name: string,
  within: readonly Condition[],
): Promise<StoredExperiment> {
  const read = (column: string) =>
    readExperiments(db, projectId, {
      from: ALWAYS,
      conditions: [{ sql: `${column} = ?`, parameters: [name] }, ...within],
      limit: MOST_ALIKE,
    });
  const [byId] = await read('experiment_id');
  if (byId !== undefined) return byId;
  const [first, ...others] = await read('experiment_name');
  if (first === undefined) {
    throw comparisonFailures.create('COAIA-2300', `No run has the id or name ${name}.`, {
      hint: 'coaia experiments list',
    });
  }
  if (others.length === 0) return first;
  const all = [first, ...others].map((run) => run.experiment_id);
  throw comparisonFailures.create(
    'COAIA-2301',
    `${all.length} runs are called ${name}: ${all.join(', ')}.`,
    { hint: 'add --dataset NAME, or name the run by its id', details: all },
  );
}
