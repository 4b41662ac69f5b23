/** What is evaluated: a trace, an observation or an item of an experiment, with everything a mapping can name. */
import { fromStored } from '#base';
import type { Json } from '#base';
import type { Database, EvaluationRow } from '#store';
import { findVersion, readVersionsById, toExperimentParts } from '../experiments/details.ts';
import { readToolCalls } from './tool-calls.ts';
import type { ToolCall } from './tool-calls.ts';

/** Traces of judges lie here, and no rule ever looks at it: judging judges would never end. */
export const JUDGE_ENVIRONMENT = 'llm-as-a-judge';

export interface EvaluationSubject {
  readonly environment: string;
  readonly input: Json;
  readonly output: Json;
  readonly metadata: Json;
  readonly toolCalls: readonly ToolCall[];
  /** Undefined outside experiments. */
  readonly experiment: { readonly expectedOutput: Json; readonly itemMetadata: Json } | undefined;
}

/** Where a subject lies; the columns of an evaluation. */
export type SubjectPlace = Pick<
  EvaluationRow,
  'trace_id' | 'observation_id' | 'dataset_item_id' | 'target'
>;

interface StoredContent {
  readonly environment: string;
  readonly metadata: string | null;
  readonly input: string | null;
  readonly output: string | null;
}

/** The subject as it is now; undefined when it is not there. */
export async function readSubject(
  db: Database,
  projectId: string,
  place: SubjectPlace,
): Promise<EvaluationSubject | undefined> {
  const content =
    place.observation_id === null
      ? await readTrace(db, projectId, place.trace_id)
      : await readContent(db, projectId, { table: 'observations', id: place.observation_id });
  if (content === undefined) return undefined;
  const output = fromStored(content.output);
  const { experiment: attributes, item, rest } = toExperimentParts(content.metadata);
  const isExperiment = place.dataset_item_id !== null || Object.keys(attributes).length > 0;
  const stored = await readItem(db, projectId, place.dataset_item_id);
  return {
    environment: content.environment,
    input: fromStored(content.input),
    output,
    metadata: isExperiment ? rest : fromStored(content.metadata),
    toolCalls: readToolCalls(output),
    experiment: isExperiment
      ? {
          expectedOutput: item['expected_output'] ?? fromStored(stored?.expected_output),
          itemMetadata: item['metadata'] ?? fromStored(stored?.metadata),
        }
      : undefined,
  };
}

async function readItem(db: Database, projectId: string, id: string | null) {
  if (id === null) return undefined;
  const versions = await readVersionsById(db, projectId, [id]);
  return findVersion(versions.get(id), undefined);
}

async function readContent(
  db: Database,
  projectId: string,
  { table, id }: { readonly table: 'traces' | 'observations'; readonly id: string },
): Promise<StoredContent | undefined> {
  const [row] = await db.read<StoredContent>(
    `SELECT environment, metadata, input, output FROM ${table} WHERE project_id = ? AND id = ?`,
    [projectId, id],
  );
  return row;
}

/** A trace without input or output of its own has those of its first root observation. */
async function readTrace(
  db: Database,
  projectId: string,
  id: string,
): Promise<StoredContent | undefined> {
  const trace = await readContent(db, projectId, { table: 'traces', id });
  if (trace === undefined || (trace.input !== null && trace.output !== null)) return trace;
  const [root] = await db.read<StoredContent>(
    `SELECT environment, metadata, input, output FROM observations
     WHERE project_id = ? AND trace_id = ? AND parent_observation_id IS NULL
     ORDER BY start_time, id LIMIT 1`,
    [projectId, id],
  );
  return {
    ...trace,
    input: trace.input ?? root?.input ?? null,
    output: trace.output ?? root?.output ?? null,
  };
}
