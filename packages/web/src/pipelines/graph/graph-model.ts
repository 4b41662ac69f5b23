import type { OutlineStep } from '../document/outline.ts';
import type { RunStep, StepState } from '../runs/run.ts';

/** A node of the graph of steps. */
export interface GraphStep {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** What it does; null for a step that only records. */
  readonly action: string | null;
  /** Id or name of the step it hangs below, also where no link is drawn. */
  readonly parent: string | null;
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
 * The links between steps: what a step needs, what is taken when it failed, and its parent where no other path
 * leads from there. A step may be called by its id or by its name; a name that nothing has leads nowhere.
 */
export function toLinks(steps: readonly Linked[]): readonly GraphLink[] {
  const ids = new Map(steps.flatMap(({ id, name }) => [[name, id] as const, [id, id] as const]));
  const find = (names: readonly string[]) => names.flatMap((name) => ids.get(name) ?? []);
  const direct = steps.flatMap((step): readonly GraphLink[] => [
    // The items of a list hang below their step, which has the links of all.
    ...(isItem(step) ? [] : find(step.needs)).map((from) => ({
      from,
      to: step.id,
      kind: 'needs' as const,
    })),
    ...find(step.onFailure ?? []).map((to) => ({ from: step.id, to, kind: 'failure' as const })),
  ]);
  const parents = steps.flatMap((step): readonly GraphLink[] =>
    find(step.parent === null ? [] : [step.parent]).map((from) => ({
      from,
      to: step.id,
      kind: 'parent',
    })),
  );
  const links = [...direct, ...parents].filter(({ from, to }) => from !== to);
  return links.filter((link) => link.kind !== 'parent' || !hasOtherPath(link, links));
}

function isItem({ id, parent }: Linked): boolean {
  return parent !== null && /\[\d+\]$/.test(id);
}

/** Whether a way of several links leads where this one leads. */
function hasOtherPath(link: GraphLink, links: readonly GraphLink[]): boolean {
  const next = Map.groupBy(links, ({ from }) => from);
  const seen = new Set<string>();
  const open = (next.get(link.from) ?? []).filter((one) => one !== link).map(({ to }) => to);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === link.to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(next.get(at) ?? []).map(({ to }) => to));
  }
  return false;
}

/** A run's steps as a graph. */
export function toRunGraph(steps: readonly RunStep[]): StepGraph {
  return {
    steps: steps.map((step) => ({
      id: step.id,
      name: step.name,
      type: step.type,
      action: step.action,
      parent: step.parent,
      note: step.attempt > 1 ? `attempt ${step.attempt}` : null,
      state: step.state,
      problems: step.error === null ? [] : [step.error.message],
    })),
    links: toLinks(steps),
  };
}
