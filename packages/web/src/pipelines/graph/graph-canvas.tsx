import '@xyflow/react/dist/base.css';
import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type Node,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconExternal, IconMinus, IconPlus } from '../../ui/icons.ts';
import { words } from '../messages.ts';
import type { StepGraphProps } from './graph-props.ts';
import { findNeighbour, nodeSize, toFit, toPositions, type Direction, type Positions } from './layout.ts';
import { StepNode, toNodeLabel, type StepNodeData } from './step-node.tsx';

const nodeTypes = { step: StepNode };
/** Smaller is not readable; such a graph is scrolled. */
const leastZoom = 0.72;

type FlowNode = Node<StepNodeData, 'step'>;

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
  const { positions, direction, fits } = useMemo(() => findLayout(graph, window), [graph, window]);
  const nodes = useMemo(
    () => toNodes(graph.steps, { positions, direction, selected, canLink: onLink !== undefined }),
    [graph, positions, direction, selected, onLink],
  );
  const edges = useMemo(() => toEdges(graph.links), [graph]);
  const flow = useReactFlow();
  useFirstView(positions, fits, window);
  const walk = (event: KeyboardEvent) => {
    const node = event.target instanceof Element ? event.target.closest('.react-flow__node') : null;
    const id = node?.getAttribute('data-id');
    if (typeof id !== 'string') return;
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
    const node = event.target instanceof Element ? event.target.closest('.react-flow__node') : null;
    const at = positions.get(node?.getAttribute('data-id') ?? '');
    const box = place.current?.getBoundingClientRect();
    if (node === null || at === undefined || box === undefined) return;
    const own = node.getBoundingClientRect();
    const inside =
      own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom;
    if (inside) return;
    const middle = { x: at.x + nodeSize.width / 2, y: at.y + nodeSize.height / 2 };
    void flow.setCenter(middle.x, middle.y, { zoom: flow.getZoom() });
  };
  return (
    <div
      ref={place}
      className="step-graph relative min-h-0 flex-1"
      data-graph={graph.steps.length}
      onKeyDown={walk}
      onFocus={reveal}
    >
      <ReactFlow<FlowNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        aria-label={words.graph.label}
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
function findLayout(graph: StepGraphProps['graph'], window: Size) {
  const ids = graph.steps.map(({ id }) => id);
  const [across, down] = (['LR', 'TB'] as const).map((direction) => {
    const positions = toPositions(ids, graph.links, direction);
    return { positions, direction, fits: toFit(positions, window) };
  });
  if (across === undefined || down === undefined) throw new Error('two directions were laid out');
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
    // oxlint-disable-next-line react/exhaustive-deps -- as the line above says
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
    ariaLabel: toNodeLabel(step),
    ariaRole: 'button',
    domAttributes: {
      'aria-pressed': step.id === how.selected,
      'aria-roledescription': words.graph.step,
    },
  }));
}

function toEdges(links: StepGraphProps['graph']['links']): Edge[] {
  return links.map(({ from, to, kind }) => ({
    id: `${from} ${kind} ${to}`,
    source: from,
    target: to,
    className: `link-${kind}`,
    focusable: false,
  }));
}
