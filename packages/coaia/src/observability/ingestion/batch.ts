/** A batch of events, parsed and grouped by the record they speak about. Pure. */
import type { AccessLevel } from '#base';
import type { IngestionResult } from '@coaia/client';
import type { ConfigsById } from '../score-configs/check-score.ts';
import { parseEvent } from './event.ts';
import type { ParsedEvent } from './event.ts';
import { isSameEvent, isSameMoment, toFollowingKey } from './merge.ts';
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

/**
 * What decides between events of one kind and millisecond about one record. `position`: the later in the batch,
 * which is the later call of a client. `id`: the greater event id, for senders that rank their events by it.
 */
export type TieRule = 'position' | 'id';

export interface BatchRules {
  readonly level: AccessLevel;
  readonly ties: TieRule;
  /** How many events of the same batch came in earlier slices. */
  readonly start: number;
  /** The score configs that its scores name, as far as they exist. */
  readonly configs?: ConfigsById;
}

/** Parses each event alone: a bad one is listed with its reason and never spoils the others. */
export function parseBatch(events: readonly unknown[], rules: BatchRules): ParsedBatch {
  const groups = {
    trace: new Map<string, Patch[]>(),
    observation: new Map<string, Patch[]>(),
    score: new Map<string, Patch[]>(),
  };
  const successes: { id: string; status: number }[] = [];
  const errors: IngestionResult['errors'][number][] = [];
  for (const [index, value] of events.entries()) {
    const outcome = parseEvent(value, rules.level, rules.configs);
    if ('refused' in outcome) {
      errors.push(outcome.refused);
      continue;
    }
    successes.push({ id: outcome.id, status: 201 });
    if (outcome.event === undefined) continue;
    addEvent(groups[outcome.event.entity], outcome.event, rules, index);
  }
  const { trace: traces, observation: observations, score: scores } = groups;
  return {
    batch: { traces, observations, scores },
    isEmpty: traces.size + observations.size + scores.size === 0,
    result: { successes, errors },
  };
}

/** Adds a patch in its place among those of its moment; an event that the batch has already counts once. */
function addEvent(
  group: Map<string, Patch[]>,
  { subject, patch }: ParsedEvent,
  { ties, start }: BatchRules,
  index: number,
): void {
  const patches = group.get(subject);
  const tied = patches?.filter(({ key }) => isSameMoment(key, patch.key)) ?? [];
  if (tied.some(({ key }) => isSameEvent(key, patch.key))) return;
  // What earlier slices of the batch held is not known any more.
  const isFollowing = ties === 'position' && (tied.length > 0 || start > 0);
  const key = isFollowing ? toFollowingKey(patch.key, start + index) : patch.key;
  const placed = isFollowing ? { ...patch, key } : patch;
  if (patches === undefined) group.set(subject, [placed]);
  else patches.push(placed);
}

/**
 * Names of all records a batch touches, for locking: whoever writes the same record waits. Where there is only
 * one writer nobody asks, and nothing is computed.
 */
export function* toLockKeys(projectId: string, batch: Batch): Iterable<string> {
  for (const id of batch.scores.keys()) yield `score|${projectId}|${id}`;
  for (const id of batch.traces.keys()) yield `trace|${projectId}|${id}`;
  for (const [id, patches] of batch.observations) {
    yield `observation|${projectId}|${id}`;
    for (const patch of patches) yield `trace|${projectId}|${String(patch.columns.trace_id ?? id)}`;
  }
}
