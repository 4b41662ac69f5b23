import { Graph, layout } from '@dagrejs/dagre';
import type { GraphLink } from './graph-model.ts';

/** Size of a node in pixels. */
export const nodeSize = { width: 232, height: 58 } as const;

/** Left upper corners of the nodes, by id, in pixels. */
export type Positions = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Places nodes in columns from left to right, so that links lead to the right (dagre's layered layout). */
export function toPositions(ids: readonly string[], links: readonly GraphLink[]): Positions {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...nodeSize });
  for (const { from, to } of links) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    ids.map((id) => {
      const { x = 0, y = 0 } = graph.node(id) as { readonly x?: number; readonly y?: number };
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }];
    }),
  );
}

/** The node that an arrow key leads to: along a link to the sides, else the nearest above or below. */
export function findNeighbour(
  from: string,
  key: string,
  positions: Positions,
  links: readonly GraphLink[],
): string | undefined {
  const start = positions.get(from);
  if (start === undefined) return undefined;
  const linked =
    key === 'ArrowRight'
      ? links.filter((link) => link.from === from).map((link) => link.to)
      : links.filter((link) => link.to === from).map((link) => link.from);
  const sideways = key === 'ArrowRight' || key === 'ArrowLeft';
  const sign = key === 'ArrowDown' ? 1 : -1;
  const offered = sideways
    ? linked
    : [...positions.keys()].filter((id) => sign * ((positions.get(id)?.y ?? 0) - start.y) > 0);
  const distance = (id: string) => {
    const place = positions.get(id) ?? start;
    const [dx, dy] = [Math.abs(place.x - start.x), Math.abs(place.y - start.y)];
    return sideways ? dy + dx / 8 : dx * 2 + dy;
  };
  return offered.toSorted((a, b) => distance(a) - distance(b))[0];
}
