/** A batch of events, parsed and grouped by the record they speak about. Pure. */
import type { AccessLevel } from '#base';
import type { IngestionResult } from '@coaia/client';
import { parseEvent } from './event.ts';
import type { ParsedEvent } from './event.ts';
import type { Patch } from './merge.ts';

export type PatchesById = ReadonlyMap<string, readonly Patch[]>;

export interface Batch {
  readonly traces: PatchesById;
  readonly observations: PatchesById;
  readonly scores: PatchesById;
}

export interface ParsedBatch {
  readonly batch: Batch;
  readonly isEmpty: boolean;
  /** The answer, should the batch be stored. */
  readonly result: IngestionResult;
}

/** Parses each event alone: a bad one is listed with its reason and never spoils the others. */
export function parseBatch(events: readonly unknown[], level: AccessLevel): ParsedBatch {
  const groups = {
    trace: new Map<string, Patch[]>(),
    observation: new Map<string, Patch[]>(),
    score: new Map<string, Patch[]>(),
  };
  const successes: { id: string; status: number }[] = [];
  const errors: IngestionResult['errors'][number][] = [];
  for (const value of events) {
    const outcome = parseEvent(value, level);
    if ('refused' in outcome) {
      errors.push(outcome.refused);
      continue;
    }
    successes.push({ id: outcome.id, status: 201 });
    if (outcome.event !== undefined) addEvent(groups[outcome.event.entity], outcome.event);
  }
  const { trace: traces, observation: observations, score: scores } = groups;
  return {
    batch: { traces, observations, scores },
    isEmpty: traces.size + observations.size + scores.size === 0,
    result: { successes, errors },
  };
}

function addEvent(group: Map<string, Patch[]>, event: ParsedEvent): void {
  const patches = group.get(event.subject);
  if (patches === undefined) group.set(event.subject, [event.patch]);
  else patches.push(event.patch);
}

/** Ids of all records a batch names, for locking: whoever writes the same record waits. */
export function toLockKeys(projectId: string, batch: Batch): readonly string[] {
  const keys: string[] = [];
  for (const id of batch.scores.keys()) keys.push(`score|${projectId}|${id}`);
  for (const id of batch.traces.keys()) keys.push(`trace|${projectId}|${id}`);
  for (const [id, patches] of batch.observations) {
    keys.push(`observation|${projectId}|${id}`);
    for (const patch of patches) {
      keys.push(`trace|${projectId}|${String(patch.columns.trace_id ?? id)}`);
    }
  }
  return [...new Set(keys)];
}
