/** A node of a layered graph with its place: column from the left, row from the top. */
export interface PlacedNode {
  readonly id: string;
  readonly column: number;
  readonly row: number;
}

/** A link between two nodes, by id. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** A link with the places it passes, from its start to its end. */
export interface PlacedEdge extends GraphEdge {
  readonly via: readonly PlacedNode[];
}

/**
 * The whole graph: nodes in layers, and long links led between the nodes of the columns they cross, as if a node
 * stood there.
 */
export function toLayout(
  ids: readonly string[],
  edges: readonly GraphEdge[],
): { readonly nodes: readonly PlacedNode[]; readonly edges: readonly PlacedEdge[] } {
  const columns = new Map(toLayers(ids, edges).map((node) => [node.id, node.column]));
  const chains = edges.map((edge, index) => {
    const from = columns.get(edge.from) ?? 0;
    const gap = Math.max(0, (columns.get(edge.to) ?? 0) - from - 1);
    const inner = Array.from({ length: gap }, (_, step) => `\u0000${index} ${step}`);
    return { edge, steps: [edge.from, ...inner, edge.to] };
  });
  const between = chains.flatMap(({ steps }) => steps.slice(1, -1));
  const links = chains.flatMap(({ steps }) =>
    steps.slice(1).map((to, index) => ({ from: steps[index] ?? to, to })),
  );
  const placed = new Map(toLayers([...ids, ...between], links).map((node) => [node.id, node]));
  return {
    nodes: ids.flatMap((id) => placed.get(id) ?? []),
    edges: chains.map(({ edge, steps }) => ({
      ...edge,
      via: steps.flatMap((id) => placed.get(id) ?? []),
    })),
  };
}

/**
 * Puts nodes into columns so that every link leads to the right (a link of a circle may not), and orders each
 * column by the mean place of what links to it (two sweeps of the barycentre heuristic of Sugiyama et al., 1981).
 */
export function toLayers(
  ids: readonly string[],
  edges: readonly GraphEdge[],
): readonly PlacedNode[] {
  const parents = Map.groupBy(edges, (edge) => edge.to);
  const children = Map.groupBy(edges, (edge) => edge.from);
  const columns = toColumns(ids, parents);
  const layers = Map.groupBy(ids.toSorted(), (id) => columns.get(id) ?? 0);
  const rows = new Map<string, number>();
  const place = (column: number, order: readonly string[]) => {
    layers.set(column, [...order]);
    for (const [row, id] of order.entries()) rows.set(id, row);
  };
  const sorted = [...layers.keys()].toSorted((a, b) => a - b);
  for (const column of sorted) place(column, layers.get(column) ?? []);
  const sweep = (order: readonly number[], links: typeof parents, end: 'from' | 'to') => {
    for (const column of order) {
      const mean = (id: string) => toMean((links.get(id) ?? []).map((edge) => rows.get(edge[end])));
      const known = (layers.get(column) ?? []).map(
        (id) => [id, mean(id) ?? rows.get(id) ?? 0] as const,
      );
      place(
        column,
        known.toSorted(([, a], [, b]) => a - b).map(([id]) => id),
      );
    }
  };
  sweep(sorted, parents, 'from');
  sweep(sorted.toReversed(), children, 'to');
  return ids.map((id) => ({ id, column: columns.get(id) ?? 0, row: rows.get(id) ?? 0 }));
}

// A node's column is one more than that of its farthest parent; what is being looked at already closes a circle.
function toColumns(
  ids: readonly string[],
  parents: ReadonlyMap<string, readonly GraphEdge[]>,
): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const open = new Set<string>();
  const find = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    open.add(id);
    const above = (parents.get(id) ?? []).filter((edge) => !open.has(edge.from));
    const column = Math.max(-1, ...above.map((edge) => find(edge.from))) + 1;
    open.delete(id);
    columns.set(id, column);
    return column;
  };
  for (const id of ids) find(id);
  return columns;
}

function toMean(places: readonly (number | undefined)[]): number | undefined {
  const known = places.filter((place) => place !== undefined);
  return known.length === 0
    ? undefined
    : known.reduce((sum, place) => sum + place, 0) / known.length;
}
