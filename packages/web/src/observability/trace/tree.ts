import type { ObservationType } from '@coaia/client';
import type { TraceNode } from './node.ts';

/** A node in its place, with the sums of what lies under it. */
export interface TreeNode {
  readonly node: TraceNode;
  readonly depth: number;
  readonly children: readonly TreeNode[];
  /** Its parent was never sent: it stands under the root and says so. */
  readonly orphan: boolean;
  /** USD of this node and everything below; null when nothing there has a cost. */
  readonly subtreeCost: number | null;
  readonly subtreeTokens: number | null;
  readonly subtreeErrors: number;
  /** Latest end of this node and everything below, in milliseconds. */
  readonly endMs: number;
}

/** A trace's tree and an index of it. */
export interface TraceTree {
  readonly roots: readonly TreeNode[];
  readonly byId: ReadonlyMap<string, TreeNode>;
  readonly parents: ReadonlyMap<string, string>;
  /** Milliseconds from the first start to the last end. */
  readonly durationMs: number;
}

/**
 * Builds the tree. No node is dropped: one whose parent is missing, or that is part of a circle, becomes a
 * root marked as orphan. Children are in order of start. Linear in the number of nodes; no recursion, so
 * that a chain of ten thousand does not overflow the stack.
 */
export function createTree(nodes: readonly TraceNode[], nowMs = 0): TraceTree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const childrenOf = new Map<string, TraceNode[]>();
  const roots: { readonly node: TraceNode; readonly orphan: boolean }[] = [];
  for (const node of nodes) {
    const parent =
      node.parentId === null || node.parentId === node.id ? undefined : byId.get(node.parentId);
    if (parent === undefined) roots.push({ node, orphan: node.parentId !== null });
    else {
      const siblings = childrenOf.get(parent.id);
      if (siblings === undefined) childrenOf.set(parent.id, [node]);
      else siblings.push(node);
    }
  }
  const seen = new Set<string>();
  const order = roots.flatMap((root) => listDepthFirst(root.node, root.orphan, childrenOf, seen));
  for (const node of nodes) {
    if (!seen.has(node.id)) order.push(...listDepthFirst(node, true, childrenOf, seen));
  }
  return toTree(order, nowMs);
}

interface Visit {
  readonly node: TraceNode;
  readonly depth: number;
  readonly orphan: boolean;
  readonly parentId: string | null;
}

function listDepthFirst(
  root: TraceNode,
  orphan: boolean,
  childrenOf: ReadonlyMap<string, readonly TraceNode[]>,
  seen: Set<string>,
): Visit[] {
  const order: Visit[] = [];
  const stack: Visit[] = [{ node: root, depth: 0, orphan, parentId: null }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    if (seen.has(visit.node.id)) continue;
    seen.add(visit.node.id);
    order.push(visit);
    const children = (childrenOf.get(visit.node.id) ?? []).toSorted(
      (a, b) => b.startMs - a.startMs,
    );
    for (const node of children) {
      stack.push({ node, depth: visit.depth + 1, orphan: false, parentId: visit.node.id });
    }
  }
  return order;
}

// Depth-first order read backwards: every child is made before its parent.
function toTree(order: readonly Visit[], nowMs: number): TraceTree {
  const made = new Map<string, TreeNode>();
  const waiting = new Map<string, TreeNode[]>();
  const parents = new Map<string, string>();
  const roots: TreeNode[] = [];
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const visit = order[index];
    if (visit === undefined) continue;
    const children = (waiting.get(visit.node.id) ?? []).toReversed();
    const tree = toTreeNode(visit, children, nowMs);
    made.set(visit.node.id, tree);
    if (visit.parentId === null) roots.push(tree);
    else {
      parents.set(visit.node.id, visit.parentId);
      const siblings = waiting.get(visit.parentId);
      if (siblings === undefined) waiting.set(visit.parentId, [tree]);
      else siblings.push(tree);
    }
  }
  const sorted = roots.toReversed().toSorted((a, b) => a.node.startMs - b.node.startMs);
  const durationMs = sorted.reduce((most, root) => Math.max(most, root.endMs), 0);
  return { roots: sorted, byId: made, parents, durationMs };
}

function toTreeNode(
  { node, depth, orphan }: Visit,
  children: readonly TreeNode[],
  nowMs: number,
): TreeNode {
  const ownEnd = node.startMs + (node.durationMs ?? Math.max(0, nowMs - node.startMs));
  return {
    node,
    depth,
    children,
    orphan,
    subtreeCost: addAll(
      node.totalCost,
      children.map((child) => child.subtreeCost),
    ),
    subtreeTokens: addAll(
      node.totalTokens,
      children.map((child) => child.subtreeTokens),
    ),
    subtreeErrors:
      (node.level === 'ERROR' ? 1 : 0) +
      children.reduce((sum, child) => sum + child.subtreeErrors, 0),
    endMs: children.reduce((most, child) => Math.max(most, child.endMs), ownEnd),
  };
}

function addAll(own: number | null, others: readonly (number | null)[]): number | null {
  return others.reduce<number | null>(
    (sum, value) => (value === null ? sum : (sum ?? 0) + value),
    own,
  );
}

/** A visible line of the tree, with what `treeitem` needs. */
export interface TreeLine {
  readonly item: TreeNode;
  readonly setSize: number;
  readonly position: number;
  readonly expanded: boolean | undefined;
}

/** The lines that are open, in order. */
export function toTreeLines(tree: TraceTree, collapsed: ReadonlySet<string>): readonly TreeLine[] {
  const lines: TreeLine[] = [];
  const stack: TreeLine[] = [];
  const push = (items: readonly TreeNode[]) => {
    for (let index = items.length - 1; index >= 0; index -= 1) {
      const item = items[index];
      if (item === undefined) continue;
      const expanded = item.children.length === 0 ? undefined : !collapsed.has(item.node.id);
      stack.push({ item, setSize: items.length, position: index + 1, expanded });
    }
  };
  push(tree.roots);
  for (let line = stack.pop(); line !== undefined; line = stack.pop()) {
    lines.push(line);
    if (line.expanded === true) push(line.item.children);
  }
  return lines;
}

/** Ids from a node's parent up to its root. */
export function listAncestors(tree: TraceTree, id: string): readonly string[] {
  const ancestors: string[] = [];
  for (let parent = tree.parents.get(id); parent !== undefined; parent = tree.parents.get(parent)) {
    ancestors.push(parent);
  }
  return ancestors;
}

/** Every node in the order of the tree, open or not. */
export function listNodes(tree: TraceTree): readonly TreeNode[] {
  return toTreeLines(tree, new Set()).map((line) => line.item);
}

/** Ids of the nodes of a type that have children, for collapsing them all. */
export function listTypeIds(tree: TraceTree, type: ObservationType): readonly string[] {
  return listNodes(tree)
    .filter((item) => item.node.type === type && item.children.length > 0)
    .map((item) => item.node.id);
}

/** The next node with an error after `id` (from the top when null), going round. */
export function findNextError(tree: TraceTree, id: string | null): string | undefined {
  const nodes = listNodes(tree);
  const at = id === null ? -1 : nodes.findIndex((item) => item.node.id === id);
  const after = [...nodes.slice(at + 1), ...nodes.slice(0, at + 1)];
  return after.find((item) => item.node.level === 'ERROR')?.node.id;
}

/** The child that took longest; of the roots when `id` is null. */
export function findSlowestChild(tree: TraceTree, id: string | null): string | undefined {
  const children = id === null ? tree.roots : (tree.byId.get(id)?.children ?? []);
  const toMs = (item: TreeNode) => item.endMs - item.node.startMs;
  return children.toSorted((a, b) => toMs(b) - toMs(a))[0]?.node.id;
}

/** Ids of nodes whose name, type, model, status or id contains the text. */
export function findMatches(tree: TraceTree, text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return listNodes(tree)
    .filter(({ node }) =>
      [node.name, node.type, node.model, node.statusMessage, node.id].some(
        (field) => field?.toLowerCase().includes(wanted) === true,
      ),
    )
    .map((item) => item.node.id);
}
