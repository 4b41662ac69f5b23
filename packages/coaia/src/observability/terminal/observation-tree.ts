/** Observations as the tree they form. */
import type { Observation } from '@coaia/client';

export interface TreeRow {
  readonly observation: Observation;
  /** 0 for those directly under the trace. */
  readonly depth: number;
  /** For each level above and its own: whether it is the last child there. */
  readonly lasts: readonly boolean[];
}

/**
 * Rows of the tree from top to bottom, children by start time. An observation whose parent is missing, or whose
 * parents form a circle, stands directly under the trace, so none is ever hidden.
 */
export function toTreeRows(
  observations: readonly Observation[],
  maxDepth = Number.POSITIVE_INFINITY,
): readonly TreeRow[] {
  const children = toChildren(observations);
  const rows: TreeRow[] = [];
  // A stack instead of recursion: chains of thousands of spans exist.
  const stack = toEntries(children.get(undefined) ?? [], []);
  while (stack.length > 0) {
    const row = stack.pop() as TreeRow;
    rows.push(row);
    if (row.depth < maxDepth)
      stack.push(...toEntries(children.get(row.observation.id) ?? [], row.lasts));
  }
  return rows;
}

/** Entries in reverse, because the stack gives the last one first. */
function toEntries(siblings: readonly Observation[], above: readonly boolean[]): TreeRow[] {
  return siblings
    .map((observation, index) => ({
      observation,
      depth: above.length,
      lasts: [...above, index === siblings.length - 1],
    }))
    .toReversed();
}

/** Children by parent id; the key undefined holds the roots, orphans and one of every circle. */
function toChildren(
  observations: readonly Observation[],
): ReadonlyMap<string | undefined, readonly Observation[]> {
  const sorted = observations.toSorted(compareStart);
  const byId = new Map(sorted.map((observation) => [observation.id, observation]));
  const children = new Map<string | undefined, Observation[]>();
  const settled = new Set<string>();
  for (const observation of sorted) {
    const parent = findParent(observation, byId, settled);
    children.set(parent, [...(children.get(parent) ?? []), observation]);
  }
  return children;
}

/** The parent's id, undefined when there is none, it is missing, or following it leads back here. */
function findParent(
  observation: Observation,
  byId: ReadonlyMap<string, Observation>,
  settled: Set<string>,
): string | undefined {
  const parent = observation.parentObservationId ?? undefined;
  if (parent === undefined || !byId.has(parent)) return undefined;
  const path = new Set([observation.id]);
  for (let at = byId.get(parent); at !== undefined && !settled.has(at.id);) {
    if (path.has(at.id)) {
      // The first of a circle by start time becomes a root; the others keep their place below it.
      if (at.id === observation.id) {
        settled.add(observation.id);
        return undefined;
      }
      break;
    }
    path.add(at.id);
    at = at.parentObservationId === null ? undefined : byId.get(at.parentObservationId);
  }
  return parent;
}

function compareStart(one: Observation, two: Observation): number {
  if (one.startTime !== two.startTime) return one.startTime < two.startTime ? -1 : 1;
  return one.id < two.id ? -1 : 1;
}
