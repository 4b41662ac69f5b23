import { useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { addStep, removeStep, setLink } from '../document/edit-text.ts';
import { StepGraphView } from '../graph/step-graph.tsx';
import { words } from '../messages.ts';
import { AboutPanel } from './about-panel.tsx';
import { StepPanel } from './step-panel.tsx';
import type { PageStep } from './to-graph.ts';
import type { OpenPipeline, PipelineView } from './use-pipeline.ts';

/** The steps as a graph; beside it the chosen step, or what the pipeline is and may do. */
export function GraphTab({ open }: { readonly open: OpenPipeline }) {
  const { view } = open;
  const { graph, reading, search } = view;
  const edits = useStepEdits(view);
  const [focusNeeds, setFocusNeeds] = useState(0);
  const chosen = graph.pageSteps.find(({ id }) => id === search.step);
  useShortcuts(words.graph.label, [
    { keys: ['a'], label: words.keys.add, run: edits.add },
    {
      keys: ['l'],
      label: words.keys.link,
      run: () => setFocusNeeds((count) => count + 1),
      when: () => chosen !== undefined && !chosen.inherited,
    },
    {
      keys: ['Delete'],
      label: words.keys.remove,
      run: () => (chosen === undefined ? undefined : edits.remove(chosen)),
      when: () => chosen !== undefined && !chosen.inherited,
    },
  ]);
  if (!reading.ok) {
    return (
      <div className="p-4">
        <p className="font-medium">{words.edit.unreadable}</p>
        <p className="mt-1 text-muted">
          {words.edit.goToLine(reading.line)}: {reading.message}
        </p>
        <Button className="mt-3" onClick={() => view.setTab('file')}>
          {words.page.file}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      {graph.steps.length === 0 ? (
        <EmptyState
          name="steps"
          title={words.graph.empty}
          lead={words.graph.emptyLead}
          action={
            <Button tone="primary" onClick={edits.add}>
              {words.graph.add}
            </Button>
          }
        />
      ) : (
        <StepGraphView
          graph={graph}
          selected={search.step}
          onSelect={view.setStep}
          onLink={edits.link}
          actions={
            <Button tone="ghost" onClick={edits.add}>
              <IconPlus size={14} />
              <span className="max-sm:sr-only">{words.graph.add}</span>
            </Button>
          }
        />
      )}
      <aside
        aria-label={chosen === undefined ? words.panel.about : words.panel.label}
        className="shrink-0 overflow-y-auto border-line max-md:max-h-[55%] max-md:border-t md:w-84 md:border-l"
      >
        {chosen === undefined ? (
          <AboutPanel open={open} />
        ) : (
          <StepPanel
            key={chosen.id}
            view={view}
            step={chosen}
            focusNeeds={focusNeeds}
            onRemove={() => edits.remove(chosen)}
          />
        )}
      </aside>
    </div>
  );
}

/** What can be done to the set of steps. */
function useStepEdits(view: PipelineView) {
  const { source, graph } = view;
  const find = (id: string) => graph.pageSteps.find((step) => step.id === id && !step.inherited);
  return {
    add: () => {
      const id = toFreeId(graph.pageSteps);
      const chosen = find(view.search.step ?? '');
      const needs = chosen === undefined ? {} : { needs: [chosen.id] };
      view.edit(
        addStep(source, { id, name: words.graph.newStep, observation_type: 'SPAN', ...needs }),
      );
      view.setStep(id);
    },
    link: (from: string, to: string) => {
      const step = find(to);
      if (step !== undefined && from !== to) view.edit(setLink(source, step.index, from, true));
    },
    remove: (step: PageStep) => {
      view.edit(removeStep(source, step.index, step.id));
      view.setStep(undefined);
      addToast({
        text: words.graph.removed(step.name),
        duration: 8000,
        undo: () => view.edit(source.text),
      });
    },
  };
}

function toFreeId(steps: readonly PageStep[]): string {
  const taken = new Set(steps.map(({ id }) => id));
  let at = steps.length + 1;
  while (taken.has(`step-${at}`)) at += 1;
  return `step-${at}`;
}
