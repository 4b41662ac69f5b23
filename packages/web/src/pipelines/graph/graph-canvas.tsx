import '@xyflow/react/dist/base.css';
import { ReactFlow, ReactFlowProvider, useReactFlow, type Edge, type Node } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconExternal, IconMinus, IconPlus } from '../../ui/icons.ts';
import { words } from '../messages.ts';
import type { GraphLink } from './graph-model.ts';
import type { StepGraphProps } from './graph-props.ts';
import {
  findNeighbour,
  nodeSize,
  toFit,
  toLayout,
  type Direction,
  type GraphLayout,
  type Positions,
} from './layout.ts';
import { StepLink, type StepLinkData } from './step-link.tsx';
import { StepNode, type StepNodeData } from './step-node.tsx';

const nodeTypes = { step: StepNode };
const edgeTypes = { link: StepLink };
/** Smaller is not readable; such a graph is scrolled. */
const leastZoom = 0.72;

type FlowNode = Node<StepNodeData, 'step'>;
type FlowEdge = Edge<StepLinkData, 'link'>;

/** The steps as a graph that can be walked by keys: Tab and arrows go from step to step, Enter chooses. */
export function GraphCanvas(props: StepGraphProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas(props: StepGraphProps) {
  const { graph, selected, onSelect, onLink } = props;
  const place = useRef<HTMLDivElement>(null);
  const window = useElementSize(place);
  // While a run goes, states change and places do not.
  const shape = JSON.stringify([graph.steps.map(({ id }) => id), graph.links]);
  const { layout, direction, fits } = useMemo(() => {
    const [ids, links] = JSON.parse(shape) as [readonly string[], readonly GraphLink[]];
    return findLayout(ids, links, window);
  }, [shape, window]);
  const { positions } = layout;
  const nodes = useMemo(
    () => toNodes(graph.steps, { positions, direction, selected, canLink: onLink !== undefined }),
    [graph, positions, direction, selected, onLink],
  );
  const edges = useMemo(() => toEdges(graph.links, layout, direction), [graph, layout, direction]);
  const flow = useReactFlow();
  useFirstView(positions, fits, window);
  const walk = (event: KeyboardEvent) => {
    const id = toNode(event.target)?.dataset['id'];
    if (id === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(id);
    } else if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const next = findNeighbour(id, event.key, positions);
      const found = next === undefined ? null : findNode(place.current, next);
      found?.focus();
    }
  };
  // A step that got the focus outside of the window comes into it.
  const reveal = (event: { readonly target: EventTarget }) => {
    const node = toNode(event.target);
    const at = positions.get(node?.dataset['id'] ?? '');
    const box = place.current?.getBoundingClientRect();
    if (node === undefined || at === undefined || box === undefined) return;
    const own = node.getBoundingClientRect();
    const inside =
      own.left >= box.left &&
      own.right <= box.right &&
      own.top >= box.top &&
      own.bottom <= box.bottom;
    if (inside) return;
    const middle = { x: at.x + nodeSize.width / 2, y: at.y + nodeSize.height / 2 };
    void flow.setCenter(middle.x, middle.y, { zoom: flow.getZoom() });
  };
  return (
    <div
      ref={place}
      role="group"
      aria-label={words.graph.label}
      className="step-graph relative min-h-0 flex-1"
      data-graph={graph.steps.length}
      onKeyDown={walk}
      onFocus={reveal}
    >
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={0.2}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={onLink !== undefined}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        panOnScroll
        deleteKeyCode={null}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_, node) => onSelect(node.id)}
        onPaneClick={() => onSelect(undefined)}
        onConnect={({ source, target }) => onLink?.(source, target)}
      />
      <Controls />
    </div>
  );
}

function toNode(target: EventTarget): HTMLElement | undefined {
  const found = target instanceof Element ? target.closest('.react-flow__node') : null;
  return found instanceof HTMLElement ? found : undefined;
}

function Controls() {
  const flow = useReactFlow();
  return (
    <div className="absolute right-2 bottom-2 flex rounded-md border border-line bg-bg">
      <Button tone="ghost" square label={words.graph.out} onClick={() => void flow.zoomOut()}>
        <IconMinus size={14} />
      </Button>
      <Button tone="ghost" square label={words.graph.in} onClick={() => void flow.zoomIn()}>
        <IconPlus size={14} />
      </Button>
      <Button
        tone="ghost"
        square
        label={words.graph.fit}
        onClick={() => void flow.fitView({ padding: 0.05, maxZoom: 1 })}
      >
        <IconExternal size={14} />
      </Button>
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

// The direction in which more of the graph fits into the window.
function findLayout(ids: readonly string[], links: readonly GraphLink[], window: Size) {
  const lay = (direction: Direction) => {
    const layout = toLayout(ids, links, direction);
    const free = { ...window, height: window.height - 44 };
    return { layout, direction, fits: toFit(layout.positions, free) };
  };
  const down = lay('TB');
  // Many steps fit in neither direction: one layout is enough.
  if (ids.length > 60) return down;
  const across = lay('LR');
  return across.fits >= Math.min(down.fits, leastZoom) ? across : down;
}

function useFirstView(positions: Positions, fits: number, window: Size): void {
  const flow = useReactFlow();
  const shape = [...positions.keys()].join('\n');
  const ready = window.width > 0;
  useEffect(() => {
    if (!ready) return;
    const zoom = Math.max(leastZoom, fits);
    const wide = Math.max(0, ...[...positions.values()].map(({ x }) => x)) + nodeSize.width;
    const high = Math.max(0, ...[...positions.values()].map(({ y }) => y)) + nodeSize.height;
    const toStart = (free: number) => Math.max(16, free / 2);
    void flow.setViewport({
      zoom,
      x: toStart(window.width - wide * zoom),
      y: Math.min(48, toStart(window.height - high * zoom)),
    });
    // A new set of steps or another window starts anew; a changed name does not.
    // oxlint-disable-next-line react/exhaustive-deps -- names that change start nothing anew
  }, [flow, shape, ready, window.width, window.height]);
}

function useElementSize(place: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return size;
}

function findNode(place: HTMLElement | null, id: string): HTMLElement | null {
  return place?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`) ?? null;
}

function toNodes(
  steps: StepGraphProps['graph']['steps'],
  how: {
    readonly positions: Positions;
    readonly direction: Direction;
    readonly selected: string | undefined;
    readonly canLink: boolean;
  },
): FlowNode[] {
  const across = how.direction === 'LR';
  return steps.map((step) => ({
    id: step.id,
    type: 'step',
    position: how.positions.get(step.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: { step, across, selected: step.id === how.selected, canLink: how.canLink },
    ariaRole: 'button',
    domAttributes: {
      'aria-pressed': step.id === how.selected,
      'aria-roledescription': words.graph.step,
    },
  }));
}

function toEdges(
  links: StepGraphProps['graph']['links'],
  { routes }: GraphLayout,
  direction: Direction,
): FlowEdge[] {
  return links.map(({ from, to, kind }) => ({
    id: `${from} ${kind} ${to}`,
    type: 'link',
    source: from,
    target: to,
    className: `link-${kind}`,
    focusable: false,
    data: { direction, via: routes.get(`${from} ${to}`) ?? [] },
  }));
}
