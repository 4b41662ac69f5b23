import { typeLooks } from '../../observability/trace/node.ts';
import { TypeIcon } from '../../observability/trace/type-icon.tsx';
import { toClass } from '../../ui/class-names.ts';
import { words } from '../messages.ts';
import { StepMark } from '../runs/step-mark.tsx';
import type { GraphStep } from './graph-model.ts';
import type { StepGraphProps } from './graph-props.ts';
import { toKnownType } from './known-type.ts';

const part = words.graph;

/** The graph as a table: one line per step, the same choices. */
export function StepsTable({ graph, selected, onSelect }: StepGraphProps) {
  const hasState = graph.steps.some(({ state }) => state !== undefined);
  const names = new Map(graph.steps.map(({ id, name }) => [id, name]));
  const listNeeds = (id: string) =>
    graph.links
      .filter((link) => link.to === id && link.kind === 'needs')
      .map(({ from }) => names.get(from) ?? from)
      .join(', ');
  return (
    <div
      role="region"
      tabIndex={0}
      aria-label={part.label}
      className="min-h-0 flex-1 overflow-auto px-4 focus-visible:-outline-offset-2"
    >
      <table className="w-full text-left" data-steps={graph.steps.length}>
        <thead className="text-xs text-muted">
          <tr className="row-line h-[30px]">
            <th className="pr-4 font-normal">{part.step}</th>
            {hasState ? <th className="pr-4 font-normal">{part.state}</th> : null}
            <th className="pr-4 font-normal">{part.action}</th>
            <th className="pr-4 font-normal max-md:hidden">{part.needs}</th>
            <th className="font-normal max-md:hidden">{part.parent}</th>
          </tr>
        </thead>
        <tbody>
          {graph.steps.map((step) => (
            <tr
              key={step.id}
              className={toClass('h-9', step.id === selected ? 'row-on' : 'row-line')}
            >
              <td className="max-w-80 pr-4">
                <StepButton step={step} active={step.id === selected} onSelect={onSelect} />
              </td>
              {hasState ? (
                <td className="pr-4">
                  {step.state === undefined ? null : <StepMark state={step.state} />}
                </td>
              ) : null}
              <td className="pr-4 text-muted">{step.action ?? part.records}</td>
              <td className="pr-4 text-muted max-md:hidden">{listNeeds(step.id) || '–'}</td>
              <td className="text-muted max-md:hidden">
                {step.parent === null ? '–' : (names.get(step.parent) ?? step.parent)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StepButton({
  step,
  active,
  onSelect,
}: {
  readonly step: GraphStep;
  readonly active: boolean;
  readonly onSelect: StepGraphProps['onSelect'];
}) {
  const type = toKnownType(step.type);
  return (
    <button
      type="button"
      aria-pressed={active}
      data-step-row={step.id}
      className="flex min-h-7 w-full items-center gap-2 rounded-sm text-left hover:text-accent focus-visible:-outline-offset-2"
      onClick={() => onSelect(active ? undefined : step.id)}
    >
      <TypeIcon type={type} />
      <span className="min-w-0 truncate font-medium">{step.name}</span>
      <span className="text-xs text-muted max-md:hidden">{typeLooks[type].label}</span>
      {step.problems.length > 0 ? (
        <span className="min-w-0 truncate text-xs text-error">{step.problems.join(' ')}</span>
      ) : null}
    </button>
  );
}
