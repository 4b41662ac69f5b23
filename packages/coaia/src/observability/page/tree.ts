/** A trace's tree for the page: what the tree and the timeline need, without input and output. */
import { notFound, toIso, type Scope } from '#base';
import type { Score } from '@coaia/client';
import type { Database } from '#store';
import type { ObservabilityPorts } from '../ports.ts';
import { toScore } from '../scores/score.ts';
import { readScoresOfTrace } from '../scores/storage.ts';
import { readTrace } from '../traces/storage.ts';
import { toTraceLine, type TraceLine } from './trace-line.ts';

/** One node. `startMs` counts from the trace's start. */
export interface TreeNode {
  readonly id: string;
  readonly parentId: string | null;
  readonly type: string;
  readonly name: string | null;
  readonly startMs: number;
  readonly durationMs: number | null;
  readonly level: string;
  readonly statusMessage: string | null;
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  readonly totalCost: number | null;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  readonly timeToFirstTokenMs: number | null;
}

export interface TraceTree {
  /** `startTime` is the zero of the nodes' times. */
  readonly trace: TraceLine & { readonly startTime: string };
  readonly nodes: readonly TreeNode[];
  readonly scores: readonly Score[];
}

interface NodeRow {
  readonly id: string;
  readonly parent_observation_id: string | null;
  readonly type: string;
  readonly name: string | null;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly completion_start_time: number | null;
  readonly level: string;
  readonly status_message: string | null;
  readonly model: string | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly total_tokens: number | null;
  readonly total_cost: number | null;
  readonly has_input: number;
  readonly has_output: number;
}

/** The tree in order of start. Fails with COAIA-0003. */
export async function getTraceTree(
  ports: ObservabilityPorts,
  scope: Scope,
  traceId: string,
): Promise<TraceTree> {
  const { db } = ports;
  const [row, nodes, scores] = await Promise.all([
    readTrace(db, scope.projectId, traceId, false),
    readNodes(db, scope.projectId, traceId),
    readScoresOfTrace(db, scope.projectId, traceId),
  ]);
  if (row === undefined) throw notFound('Trace', traceId);
  const start = row.start_time ?? row.timestamp;
  const marks = scores.map((score) => ({ ...score, trace_id: traceId }));
  return {
    trace: { ...toTraceLine(row, marks), startTime: toIso(start) },
    nodes: nodes.map((node) => toNode(node, start)),
    scores: scores.map(toScore),
  };
}

function readNodes(db: Database, projectId: string, traceId: string): Promise<readonly NodeRow[]> {
  return db.read(
    `SELECT id, parent_observation_id, type, name, start_time, end_time, completion_start_time, level,
       status_message, model, input_tokens, output_tokens, total_tokens, total_cost,
       CASE WHEN input IS NULL THEN 0 ELSE 1 END AS has_input,
       CASE WHEN output IS NULL THEN 0 ELSE 1 END AS has_output
     FROM observations WHERE project_id = ? AND trace_id = ? ORDER BY start_time, id`,
    [projectId, traceId],
  );
}

function toNode(row: NodeRow, start: number): TreeNode {
  const since = (time: number | null) => (time === null ? null : time - row.start_time);
  return {
    id: row.id,
    parentId: row.parent_observation_id,
    type: row.type,
    name: row.name,
    startMs: row.start_time - start,
    durationMs: since(row.end_time),
    level: row.level,
    statusMessage: row.status_message,
    model: row.model,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    totalTokens: row.total_tokens,
    totalCost: row.total_cost,
    hasInput: row.has_input === 1,
    hasOutput: row.has_output === 1,
    timeToFirstTokenMs: since(row.completion_start_time),
  };
}
