import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toClass } from '../../../ui/class-names.ts';
import { words } from '../messages.ts';
import type { Inclusion } from '../prompt.ts';
import type { PromptGraph } from '../queries.ts';
import { toLayout, type PlacedEdge, type PlacedNode } from './layout.ts';

const width = 208;
const height = 44;
const gapX = 84;
const gapY = 16;
const pad = 16;

const toLeft = ({ column }: PlacedNode) => pad + column * (width + gapX);
const toTop = ({ row }: PlacedNode) => pad + row * (height + gapY);

/** The graph as a picture: columns from left to right, every node a link to its prompt. */
export function GraphPicture({
  project,
  nodes,
  edges,
  current,
}: {
  readonly project: string;
  readonly nodes: PromptGraph['nodes'];
  readonly edges: readonly Inclusion[];
  /** The prompt whose page this is. */
  readonly current?: string;
}) {
  const { nodes: placed, edges: drawn } = useMemo(
    () =>
      toLayout(
        nodes.map(({ name }) => name),
        edges.map((edge) => ({ from: edge.name, to: edge.childName })),
      ),
    [nodes, edges],
  );
  const versions = new Map(nodes.map((node) => [node.name, node.version]));
  const wide = Math.max(...placed.map((node) => toLeft(node))) + width + pad;
  const all = [...placed, ...drawn.flatMap((edge) => edge.via)];
  const high = Math.max(...all.map((node) => toTop(node))) + height + pad;
  return (
    <div
      role="region"
      tabIndex={0}
      aria-label={words.graphPart.label}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
      data-graph={nodes.length}
    >
      <div className="relative" style={{ width: wide, height: high }}>
        <svg aria-hidden="true" width={wide} height={high} className="absolute inset-0">
          {drawn.map((edge, index) => (
            <Edge key={index} edge={edge} lit={edge.from === current || edge.to === current} />
          ))}
        </svg>
        <ul>
          {placed.map((node) => (
            <li
              key={node.id}
              className="absolute"
              style={{ left: toLeft(node), top: toTop(node), width, height }}
            >
              <GraphNode
                project={project}
                name={node.id}
                version={versions.get(node.id) ?? null}
                active={node.id === current}
                includes={edges.filter((edge) => edge.name === node.id)}
              />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function GraphNode({
  project,
  name,
  version,
  active,
  includes,
}: {
  readonly project: string;
  readonly name: string;
  readonly version: number | null;
  readonly active: boolean;
  readonly includes: readonly Inclusion[];
}) {
  const list = includes.map((edge) => edge.childName).join(', ');
  const said = includes.length === 0 ? name : `${name}, ${words.graphPart.child} ${list}`;
  return (
    <Link
      to="/p/$project/prompts/$promptName"
      params={{ project, promptName: name }}
      data-hint={said}
      className={toClass(
        'flex h-full flex-col justify-center rounded-md border bg-bg px-3 hover:bg-hover',
        active ? 'border-accent' : 'border-line-strong',
        version === null && 'border-dashed',
      )}
    >
      <span className="truncate font-medium">{name}</span>
      <span className={toClass('tnum text-xs', version === null ? 'text-error' : 'text-muted')}>
        {version === null ? words.graphPart.missing : `v${version}`}
      </span>
      {list === '' ? null : (
        <span className="sr-only">
          {words.graphPart.child} {list}
        </span>
      )}
    </Link>
  );
}

function Edge({ edge, lit }: { readonly edge: PlacedEdge; readonly lit: boolean }) {
  const end = edge.via.at(-1);
  if (end === undefined) return null;
  const [x, y] = [toLeft(end), toTop(end) + height / 2];
  return (
    <g className={lit ? 'text-accent' : 'text-field'} stroke="currentColor" fill="none">
      <path d={toCurve(edge.via)} />
      <path d={`M${x - 1},${y} l-5,-4 m5,4 l-5,4`} />
    </g>
  );
}

// A curve from node to node; through the columns between it goes straight.
function toCurve(via: readonly PlacedNode[]): string {
  const parts = via.slice(1).map((to, index) => {
    const from = via[index] ?? to;
    const [x1, y1] = [toLeft(from) + width, toTop(from) + height / 2];
    const [x2, y2] = [toLeft(to), toTop(to) + height / 2];
    const middle = Math.max(gapX / 2, Math.abs(x2 - x1) / 2);
    const start = index === 0 ? `M${x1},${y1}` : `L${x1},${y1}`;
    return `${start} C${x1 + middle},${y1} ${x2 - middle},${y2} ${x2},${y2}`;
  });
  return parts.join(' ');
}
