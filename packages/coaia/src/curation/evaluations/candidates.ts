/** What a change may bring to be evaluated: traces, their observations, and links of experiments. */
import { fromStored } from '#base';
import type { Json } from '#base';
import type { Database } from '#store';
import { toExperimentParts } from '../experiments/details.ts';
import { toText } from '../experiments/experiments.ts';
import type { FilterSubject } from '../evaluation-rules/filter.ts';
import { readToolCalls } from './tool-calls.ts';

export interface CandidateTrace {
  readonly id: string;
  readonly name: string | null;
  readonly environment: string;
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly release: string | null;
  readonly version: string | null;
  readonly tags: string;
  readonly metadata: string | null;
  readonly created_at: number;
}

export interface CandidateObservation {
  readonly id: string;
  readonly trace_id: string;
  readonly type: string;
  readonly name: string | null;
  readonly level: string;
  readonly version: string | null;
  readonly environment: string;
  readonly parent_observation_id: string | null;
  readonly end_time: number | null;
  readonly created_at: number;
  readonly metadata: string | null;
  readonly output: string | null;
}

/** That a trace, or an observation in it, answered an item of an experiment. */
export interface ExperimentLink {
  readonly trace_id: string;
  readonly observation_id: string | null;
  readonly dataset_item_id: string;
  readonly run_id: string;
  readonly dataset_id: string;
  readonly created_at: number;
}

const COLUMNS = `id, trace_id, type, name, level, version, environment, parent_observation_id, end_time, created_at,
  metadata`;

/** Outputs are large, and only conditions on calls of tools look into them. */
function toColumns(withOutput: boolean): string {
  return `${COLUMNS}, ${withOutput ? 'output' : 'NULL AS output'}`;
}

export function readCandidateTraces(
  db: Database,
  projectId: string,
  ids: readonly string[],
): Promise<readonly CandidateTrace[]> {
  return db.read(
    `SELECT id, name, environment, user_id, session_id, release, version, tags, metadata, created_at
     FROM traces WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
}

/** Observations of these traces that changed since. */
export function readCandidateObservations(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
  { since, withOutput }: { readonly since: number; readonly withOutput: boolean },
): Promise<readonly CandidateObservation[]> {
  return db.read(
    `SELECT ${toColumns(withOutput)} FROM observations
     WHERE project_id = ? AND ${db.dialect.inList('trace_id')} AND updated_at >= ?`,
    [projectId, JSON.stringify(traceIds), since],
  );
}

/** Roots of these traces, and observations by id, whenever they came. */
export function readLinkedObservations(
  db: Database,
  projectId: string,
  links: readonly ExperimentLink[],
  withOutput: boolean,
): Promise<readonly CandidateObservation[]> {
  const ids = links.flatMap(({ observation_id: id }) => (id === null ? [] : [id]));
  const traceIds = links.map(({ trace_id: id }) => id);
  return db.read(
    `SELECT ${toColumns(withOutput)} FROM observations WHERE project_id = ? AND (${db.dialect.inList('id')}
       OR (${db.dialect.inList('trace_id')} AND parent_observation_id IS NULL))
     ORDER BY start_time, id`,
    [projectId, JSON.stringify(ids), JSON.stringify(traceIds)],
  );
}

export function readLinks(
  db: Database,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly ExperimentLink[]> {
  return db.read(
    `SELECT l.trace_id, l.observation_id, l.dataset_item_id, l.run_id, r.dataset_id, l.created_at
     FROM dataset_run_items l
     JOIN dataset_runs r ON r.project_id = l.project_id AND r.id = l.run_id
     WHERE l.project_id = ? AND ${db.dialect.inList('l.trace_id')}`,
    [projectId, JSON.stringify(traceIds)],
  );
}

/** What is known of an observation's experiment, from a link or from the span itself. */
export interface ExperimentFacts {
  readonly experimentId: string | null;
  readonly datasetId: string | null;
  readonly itemId: string | null;
  /** It is the root of the item. */
  readonly isRoot: boolean;
}

const NO_EXPERIMENT: ExperimentFacts = {
  experimentId: null,
  datasetId: null,
  itemId: null,
  isRoot: false,
};

/** The facts in the attributes of a span. */
export function toSpanFacts(observation: CandidateObservation): ExperimentFacts {
  if (observation.metadata?.includes('"experiment":{') !== true) return NO_EXPERIMENT;
  const { experiment, item } = toExperimentParts(observation.metadata);
  const experimentId = toText(experiment['id']);
  if (experimentId === null) return NO_EXPERIMENT;
  const root = toText(item['root_observation_id']);
  const dataset = experiment['dataset'] ?? null;
  return {
    experimentId,
    datasetId: toText((dataset as Record<string, Json> | null)?.['id']),
    itemId: toText(item['id']),
    isRoot:
      root === observation.id || (root === null && observation.parent_observation_id === null),
  };
}

/** What the conditions of rules compare. */
export function toFilterSubject(
  trace: CandidateTrace,
  observation: CandidateObservation | undefined,
  facts: ExperimentFacts,
): FilterSubject {
  const shared = {
    traceName: trace.name,
    userId: trace.user_id,
    sessionId: trace.session_id,
    release: trace.release,
    tags: JSON.parse(trace.tags) as readonly string[],
    experimentId: facts.experimentId,
    datasetId: facts.datasetId,
    isExperimentItemRootSpan: facts.isRoot,
  };
  if (observation === undefined) {
    const { name, environment, version } = trace;
    return {
      values: { ...shared, name, environment, version },
      get metadata() {
        return fromStored(trace.metadata);
      },
    };
  }
  const {
    id,
    name,
    type,
    level,
    environment,
    version,
    parent_observation_id: parent,
  } = observation;
  const calls = readToolCalls(fromStored(observation.output));
  return {
    // Read only by the conditions that ask for it: it may be large.
    get metadata() {
      return fromStored(observation.metadata);
    },
    values: {
      ...shared,
      id,
      name,
      type,
      level,
      environment,
      version,
      parentObservationId: parent,
      isRootObservation: parent === null,
      calledToolNames: calls.map((call) => call.name),
      toolCalls: calls.length,
    },
  };
}
