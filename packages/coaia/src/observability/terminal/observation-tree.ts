/** Observations as the tree they form. */
import type { Observation } from '@coaia/client';

export interface TreeRow {
  readonly observation: Observation;
  /** 0 for those directly under the trace. */
  readonly depth: number;
  /** True for the last child of its parent. */
  readonly isLast: boolean;
  /** The parent's row; undefined directly under the trace. */
  readonly above: TreeRow | undefined;
}

type Children = ReadonlyMap<string, readonly Observation[]>;

/**
 * Rows of the tree from top to bottom, children by start time. An observation whose parent is missing, or whose
 * parents form a circle, stands directly under the trace, so none is ever hidden.
 */
export function toTreeRows(
  observations: readonly Observation[],
  maxDepth = Number.POSITIVE_INFINITY,
): readonly TreeRow[] {
  const sorted = observations.toSorted(compareStart);
  const ids = new Set(sorted.map(({ id }) => id));
  const children = toChildren(sorted);
  const roots = sorted.filter(
    ({ parentObservationId: parent }) => parent === null || !ids.has(parent),
  );
  const reached = findReached(roots, children);
  for (const observation of sorted) {
    // Only circles are left: the first of each by start time becomes a root.
    if (reached.has(observation.id)) continue;
    roots.push(observation);
    for (const id of findReached([observation], children)) reached.add(id);
  }
  return readRows(roots.toSorted(compareStart), children, maxDepth);
}

/** The marks in front of a row's own one: for each level above it whether more follows there. */
export function renderAbove(row: TreeRow, down: string, gap: string): string {
  let text = '';
  for (let at = row.above; at !== undefined; at = at.above) text = (at.isLast ? gap : down) + text;
  return text;
}

function toChildren(sorted: readonly Observation[]): Children {
  const children = new Map<string, Observation[]>();
  for (const observation of sorted) {
    const { parentObservationId: parent } = observation;
    if (parent === null) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [observation]);
    else siblings.push(observation);
  }
  return children;
}

function findReached(roots: readonly Observation[], children: Children): Set<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next.id)) continue;
    reached.add(next.id);
    for (const child of children.get(next.id) ?? []) waiting.push(child);
  }
  return reached;
}

/** Depth first with a stack of its own: chains of thousands of spans exist. */
function readRows(
  roots: readonly Observation[],
  children: Children,
  maxDepth: number,
): readonly TreeRow[] {
  const isRoot = new Set(roots.map(({ id }) => id));
  const rows: TreeRow[] = [];
  const stack = toRows(roots, undefined);
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    rows.push(row);
    if (row.depth >= maxDepth) continue;
    // The root that opened a circle is also somebody's child.
    const below = (children.get(row.observation.id) ?? []).filter(({ id }) => !isRoot.has(id));
    for (const child of toRows(below, row)) stack.push(child);
  }
  return rows;
}

/** Rows of siblings in reverse, because the stack gives the last one first. */
function toRows(siblings: readonly Observation[], above: TreeRow | undefined): TreeRow[] {
  const depth = above === undefined ? 0 : above.depth + 1;
  return siblings
    .map((observation, index) => ({
      observation,
      depth,
      isLast: index === siblings.length - 1,
      above,
    }))
    .toReversed();
}

function compareStart(one: Observation, two: Observation): number {
  if (one.startTime !== two.startTime) return one.startTime < two.startTime ? -1 : 1;
  return one.id < two.id ? -1 : 1;
}
