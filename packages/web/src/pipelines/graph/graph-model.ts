import type { OutlineStep } from '../document/outline.ts';
import type { RunStep, StepState } from '../runs/run.ts';

/** A node of the graph of steps. */
export interface GraphStep {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** What it does; null for a step that only records. */
  readonly action: string | null;
  /** A word below the name: a condition, a loop, an attempt. */
  readonly note: string | null;
  /** Of a run. */
  readonly state?: StepState;
  /** Sentences about what is wrong with it. */
  readonly problems: readonly string[];
  /** It comes from the template that is extended. */
  readonly inherited?: boolean;
}

/** A link between two steps: one waits for the other, or hangs below it. */
export interface GraphLink {
  readonly from: string;
  readonly to: string;
  readonly kind: 'needs' | 'parent' | 'failure';
}

/** Steps with their links. */
export interface StepGraph {
  readonly steps: readonly GraphStep[];
  readonly links: readonly GraphLink[];
}

type Linked = Pick<OutlineStep, 'id' | 'name' | 'parent' | 'needs'> &
  Partial<Pick<OutlineStep, 'onFailure'>>;

/**
 * The links between steps: what a step needs, its parent, and what is taken when it failed. A step may be called by its id or by its name; a
 * name that nothing has leads nowhere.
 */
export function toLinks(steps: readonly Linked[]): readonly GraphLink[] {
  const ids = new Map(steps.flatMap(({ id, name }) => [[name, id] as const, [id, id] as const]));
  return steps.flatMap((step): readonly GraphLink[] => {
    const needs = step.needs.flatMap((need) => ids.get(need) ?? []);
    const parent = step.parent === null ? undefined : ids.get(step.parent);
    const below = parent === undefined || needs.includes(parent) ? [] : [parent];
    const failing = (step.onFailure ?? []).flatMap((one) => ids.get(one) ?? []);
    return [
      ...failing.map((to) => ({ from: step.id, to, kind: 'failure' as const })),
      ...needs.map((from) => ({ from, to: step.id, kind: 'needs' as const })),
      ...below.map((from) => ({ from, to: step.id, kind: 'parent' as const })),
    ].filter(({ from, to }) => from !== to);
  });
}

/** A run's steps as a graph. */
export function toRunGraph(steps: readonly RunStep[]): StepGraph {
  return {
    steps: steps.map((step) => ({
      id: step.id,
      name: step.name,
      type: step.type,
      action: step.action,
      note: step.attempt > 1 ? `attempt ${step.attempt}` : null,
      state: step.state,
      problems: step.error === null ? [] : [step.error.message],
    })),
    links: toLinks(steps),
  };
}
