import { Graph, layout } from '@dagrejs/dagre';
import type { GraphLink } from './graph-model.ts';

/** Size of a node in pixels. */
export const nodeSize = { width: 232, height: 58 } as const;

/** A place in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Left upper corners of the nodes, by id. */
export type Positions = ReadonlyMap<string, Point>;

/** Nodes with their places, and the places between nodes that long links pass, by `from to`. */
export interface GraphLayout {
  readonly positions: Positions;
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

/** Where the graph begins: at the left or at the top. */
export type Direction = 'LR' | 'TB';

/** Places nodes in layers so that links lead to the right, or down (dagre's layered layout). */
export function toLayout(
  ids: readonly string[],
  links: readonly GraphLink[],
  direction: Direction,
): GraphLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction, nodesep: 18, ranksep: direction === 'LR' ? 64 : 34 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...nodeSize });
  for (const { from, to } of findShortLinks(ids, links)) graph.setEdge(from, to);
  layout(graph);
  const placed = new Map(
    ids.map((id) => {
      const { x = 0, y = 0 } = graph.node(id) as Partial<Point>;
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }] as const;
    }),
  );
  const routes = new Map(
    links.map(({ from, to }) => {
      const edge = graph.edge(from, to) as { readonly points?: readonly Point[] } | undefined;
      const points = edge?.points ?? [];
      // Ends and the one point of a short link say nothing that the nodes do not.
      return [`${from} ${to}`, points.length > 3 ? points.slice(1, -1) : []] as const;
    }),
  );
  return { positions: sortSiblings(placed, links, routes), routes };
}

/** Layers that links may cross together before the long ones are left out of the layout: about 150 ms. */
const mostLayers = 1200;
/** A link that crosses more is long. */
const longest = 8;

// Each layer that a link crosses is one more node for the layout, which then takes seconds where many links cross
// hundreds. Such links change little about the places and are drawn straight.
function findShortLinks(ids: readonly string[], links: readonly GraphLink[]): readonly GraphLink[] {
  const layers = toLayers(ids, links);
  const toSpan = ({ from, to }: GraphLink) => (layers.get(to) ?? 0) - (layers.get(from) ?? 0);
  const crossed = links.reduce((sum, link) => sum + toSpan(link), 0);
  return crossed <= mostLayers ? links : links.filter((link) => toSpan(link) <= longest);
}

// A step's layer is one below that of its lowest predecessor. Steps of a circle stay where they are met.
function toLayers(
  ids: readonly string[],
  links: readonly GraphLink[],
): ReadonlyMap<string, number> {
  const next = Map.groupBy(links, ({ from }) => from);
  const waiting = new Map(ids.map((id) => [id, 0]));
  for (const { to } of links) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const layers = new Map(ids.map((id) => [id, 0]));
  const open = ids.filter((id) => waiting.get(id) === 0);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of next.get(id) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(id) ?? 0) + 1));
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) open.push(to);
    }
  }
  return layers;
}

// Steps with the same neighbours are as good in any order, so they stand in that of the file.
function sortSiblings(
  placed: Positions,
  links: readonly GraphLink[],
  routes: GraphLayout['routes'],
): Positions {
  const isDirect = ({ from, to }: GraphLink) => routes.get(`${from} ${to}`)?.length === 0;
  const toKey = (id: string) => {
    const own = links.filter((link) => link.from === id || link.to === id);
    const ends = own.map(({ from, to }) => (from === id ? `>${to}` : `<${from}`)).toSorted();
    return own.every((link) => isDirect(link)) ? ends.join(' ') : `alone ${id}`;
  };
  const sorted = new Map(placed);
  for (const group of Map.groupBy(placed.keys(), toKey).values()) {
    const places = group.flatMap((id) => placed.get(id) ?? []);
    const ordered = places.toSorted((a, b) => a.x - b.x || a.y - b.y);
    for (const [at, id] of group.entries()) sorted.set(id, ordered[at] ?? { x: 0, y: 0 });
  }
  return sorted;
}

/** A line through all points as an SVG path that leaves and enters nodes straight. */
export function toCurve(points: readonly Point[], direction: Direction): string {
  const [start] = points;
  if (start === undefined) return '';
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? start;
    if (direction === 'LR') {
      const half = (to.x - from.x) / 2;
      return `C${from.x + half},${from.y} ${to.x - half},${to.y} ${to.x},${to.y}`;
    }
    const half = (to.y - from.y) / 2;
    return `C${from.x},${from.y + half} ${to.x},${to.y - half} ${to.x},${to.y}`;
  });
  return [`M${start.x},${start.y}`, ...parts].join(' ');
}

/** How far a graph may be shrunk until it fits into a window: 1 is its full size. */
export function toFit(
  positions: Positions,
  window: { readonly width: number; readonly height: number },
): number {
  const places = [...positions.values()];
  const wide = Math.max(0, ...places.map(({ x }) => x)) + nodeSize.width + 32;
  const high = Math.max(0, ...places.map(({ y }) => y)) + nodeSize.height + 32;
  return Math.min(1, window.width / wide, window.height / high);
}

/** The nearest node in the direction of an arrow key. */
export function findNeighbour(from: string, key: string, positions: Positions): string | undefined {
  const start = positions.get(from);
  if (start === undefined) return undefined;
  const sideways = key === 'ArrowRight' || key === 'ArrowLeft';
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  const offered = [...positions].flatMap(([id, { x, y }]) => {
    const [ahead, aside] = sideways ? [x - start.x, y - start.y] : [y - start.y, x - start.x];
    return sign * ahead > 0 ? [{ id, cost: sign * ahead + 2 * Math.abs(aside) }] : [];
  });
  return offered.toSorted((a, b) => a.cost - b.cost)[0]?.id;
}
