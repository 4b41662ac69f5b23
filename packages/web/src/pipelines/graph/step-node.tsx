import { Handle, Position, type NodeProps, type Node } from '@xyflow/react';
import { TypeIcon } from '../../observability/trace/type-icon.tsx';
import { toClass } from '../../ui/class-names.ts';
import { IconAlert } from '../../ui/icons.ts';
import { words } from '../messages.ts';
import { StepMark } from '../runs/step-mark.tsx';
import type { GraphStep } from './graph-model.ts';
import { toKnownType } from './known-type.ts';

/** What a node of the graph is drawn from. */
export interface StepNodeData extends Record<string, unknown> {
  readonly step: GraphStep;
  /** Links come from the left, else from above. */
  readonly across: boolean;
  readonly selected: boolean;
  readonly canLink: boolean;
}

const late: ReadonlySet<string> = new Set(['pending', 'skipped']);

/** A step of the graph: type, name, what it does, how it stands. */
export function StepNode({ data }: NodeProps<Node<StepNodeData, 'step'>>) {
  const { step, across, selected, canLink } = data;
  const isLate = late.has(step.state ?? '');
  return (
    <div
      data-step={step.id}
      data-state={step.state}
      className={toClass(
        'flex h-full flex-col justify-center gap-0.5 rounded-md border px-2.5 text-left',
        selected ? 'border-accent ring-1 ring-accent' : toEdge(step),
        step.inherited === true && 'border-dashed',
        isLate ? 'bg-surface' : 'bg-bg',
      )}
    >
      <Handle
        type="target"
        position={across ? Position.Left : Position.Top}
        isConnectable={canLink}
      />
      <span className="flex items-center gap-2">
        <TypeIcon type={toKnownType(step.type)} />
        <span className={toClass('min-w-0 flex-1 truncate', isLate ? 'text-muted' : 'font-medium')}>
          {step.name}
        </span>
        {step.state === undefined && step.problems.length > 0 ? (
          <IconAlert size={14} className="shrink-0 text-error" />
        ) : null}
      </span>
      <span className="flex items-center gap-2 text-xs text-muted">
        <span className="min-w-0 flex-1 truncate">
          {[step.action ?? words.graph.records, step.note].filter(Boolean).join(' · ')}
        </span>
        {step.state === undefined ? null : <StepMark state={step.state} />}
      </span>
      <span className="sr-only">{toMore(step)}</span>
      <Handle
        type="source"
        position={across ? Position.Right : Position.Bottom}
        isConnectable={canLink}
      />
    </div>
  );
}

// What is drawn as an edge or a sign is read out as words.
function toMore({ inherited, problems }: GraphStep): string {
  return (inherited === true ? [words.graph.inherited, ...problems] : problems).join('. ');
}

function toEdge({ state, problems }: GraphStep): string {
  if (state === 'failed' || (state === undefined && problems.length > 0)) return 'border-error';
  if (state === 'running' || state === 'waiting') return 'border-accent';
  return 'border-line-strong';
}
