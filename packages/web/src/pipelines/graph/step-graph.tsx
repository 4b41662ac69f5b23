import { lazy, Suspense, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconTable } from '../../ui/icons.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { words } from '../messages.ts';
import type { StepGraphProps } from './graph-props.ts';
import { StepsTable } from './steps-table.tsx';

// The library of the canvas is read when a graph is first shown.
const Canvas = lazy(async () => ({ default: (await import('./graph-canvas.tsx')).GraphCanvas }));

/** More steps are no picture any more: they begin as a table. */
const mostDrawn = 400;

/** Steps as a graph, or as a table of the same; a narrow window begins with the table. */
export function StepGraphView({
  actions,
  ...props
}: StepGraphProps & { readonly actions?: React.ReactNode }) {
  const narrow = useMedia('(max-width: 767px)');
  const [chosen, setChosen] = useState<boolean>();
  const asTable = chosen ?? (narrow || props.graph.steps.length > mostDrawn);
  const toggle = () => setChosen(!asTable);
  useShortcuts(words.graph.label, [{ keys: ['T'], label: words.keys.table, run: toggle }]);
  const { steps, links } = props.graph;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-2 px-4">
        <p className="min-w-0 flex-1 truncate text-muted">
          {words.graph.sentence(steps.length, links.length)}
        </p>
        {actions}
        <Button tone="ghost" aria-pressed={asTable} onClick={toggle}>
          <IconTable size={14} />
          <span className="max-sm:sr-only">
            {asTable ? words.graph.asGraph : words.graph.asTable}
          </span>
        </Button>
      </div>
      {asTable ? (
        <StepsTable {...props} />
      ) : (
        <Suspense fallback={<div aria-busy="true" className="min-h-0 flex-1" />}>
          <Canvas {...props} />
        </Suspense>
      )}
    </div>
  );
}
