import { toStep, type OutlineReading, type OutlineStep } from '../document/outline.ts';
import { toLinks, type StepGraph } from '../graph/graph-model.ts';
import { words } from '../messages.ts';
import type { PipelineProblem } from '../pipeline.ts';

/** A step of the page: its own, or one that comes from the template that is extended. */
export interface PageStep extends OutlineStep {
  readonly inherited: boolean;
  readonly problems: readonly PipelineProblem[];
}

/** The steps of a text with what is wrong with them, and their graph. */
export interface PageGraph extends StepGraph {
  readonly pageSteps: readonly PageStep[];
}

/**
 * The graph of a text. What it inherits is known only of the text as it was saved (`resolved`). A text that cannot
 * be read has no graph.
 */
export function toGraph(
  reading: OutlineReading,
  resolved: readonly Readonly<Record<string, unknown>>[],
  problems: readonly PipelineProblem[],
): PageGraph {
  if (!reading.ok) return { pageSteps: [], steps: [], links: [] };
  const own = reading.outline.steps.filter(({ fields }) => fields['remove'] !== true);
  const ids = new Set(own.map(({ id }) => id));
  const extended = reading.outline.extends === null ? [] : resolved;
  const inherited = extended
    .map((fields, index) => toStep(fields, index, 0))
    .filter(({ id }) => !ids.has(id));
  const pageSteps: readonly PageStep[] = [
    ...inherited.map((step) => ({ ...step, inherited: true, problems: [] })),
    ...own.map((step, at) => ({
      ...step,
      inherited: false,
      problems: findProblems(step, own[at + 1]?.line, problems),
    })),
  ];
  return {
    pageSteps,
    links: toLinks(pageSteps),
    steps: pageSteps.map((step) => ({
      id: step.id,
      name: step.name,
      type: step.type,
      action: step.action,
      parent: step.parent,
      note: toNote(step),
      problems: step.problems.map(({ message }) => message),
      inherited: step.inherited,
    })),
  };
}

function toNote(step: OutlineStep): string | null {
  const notes = [
    step.conditional ? words.graph.condition : undefined,
    step.foreach ? words.graph.loop : undefined,
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? null : notes.join(' · ');
}

// A problem belongs to a step by its path, else by its line.
function findProblems(
  step: OutlineStep,
  nextLine: number | undefined,
  problems: readonly PipelineProblem[],
): readonly PipelineProblem[] {
  return problems.filter(({ path, line }) => {
    const at = /^steps[[.](\d+)/.exec(path)?.[1];
    if (at !== undefined) return Number(at) === step.index;
    if (line === null) return false;
    return line >= step.line && nextLine !== undefined && line < nextLine;
  });
}
