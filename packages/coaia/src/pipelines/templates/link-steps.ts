/** Gives steps their ids and finds what they refer to: parents, needs, steps that stand in for a failed one. */
import { templateFailures } from './errors.ts';
import type { TemplateStep } from './template.ts';

export interface LinkedSource {
  readonly step: TemplateStep;
  /** Rendered. */
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  readonly needs: readonly string[];
  /** False when its condition is. */
  readonly isKept: boolean;
  readonly condition?: string;
}

export interface LinkedStep<S> {
  readonly source: S;
  readonly id: string;
  readonly parent?: string;
  readonly needs: readonly string[];
  readonly onFailure?: 'continue' | readonly string[];
  /** From 1, among those that are kept. */
  readonly index: number;
}

interface Node<S> {
  readonly source: S;
  readonly id: string;
  readonly place: number;
}

/**
 * Links the steps that are kept. A parent or need that was left out is replaced by its own parent or needs.
 * Throws COAIA-5005 for names that nobody has, ids that two have, and circles.
 */
export function linkSteps<S extends LinkedSource>(
  sources: readonly S[],
): {
  readonly kept: readonly LinkedStep<S>[];
  readonly left: readonly { readonly id: string; readonly name: string }[];
} {
  const nodes = toNodes(sources);
  const find = createFinder(nodes);
  const kept = nodes
    .filter(({ source }) => source.isKept)
    .map((node, index) => toLinked(node, index + 1, find));
  refuseCircles(kept);
  const left = nodes
    .filter(({ source }) => !source.isKept)
    .map(({ id, source }) => ({ id, name: source.name }));
  return { kept, left };
}

type Finder<S> = (name: string, of: Node<S>, as: string) => Node<S>;

function toNodes<S extends LinkedSource>(sources: readonly S[]): readonly Node<S>[] {
  const taken = new Set(sources.flatMap(({ id }) => id ?? []));
  const given = new Set<string>();
  return sources.map((source, place) => {
    const { id: own, name } = source;
    if (own !== undefined && given.has(own))
      throw templateFailures.create('COAIA-5005', `Two steps have the id ${own}.`);
    const id = own ?? toFreeId(name, place, taken);
    given.add(id);
    taken.add(id);
    return { source, id, place };
  });
}

/** `Load Data` is load_data; the second of that name load_data_2. */
function toFreeId(name: string, place: number, taken: ReadonlySet<string>): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const base = slug === '' ? `step_${place + 1}` : slug;
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}_${count}`;
  return id;
}

/** By id first; of several steps with one name the nearest before, else the first after. */
function createFinder<S extends LinkedSource>(nodes: readonly Node<S>[]): Finder<S> {
  return (name, of, as) => {
    const byId = nodes.filter(({ id, source }) => id === name || source.step.id === name);
    const named = nodes.filter(({ source }) => source.name === name || source.step.name === name);
    const found = byId.length > 0 ? byId : named;
    const node =
      found.findLast(({ place }) => place < of.place) ??
      found.find(({ place }) => place !== of.place);
    if (node !== undefined) return node;
    throw templateFailures.create(
      'COAIA-5005',
      found.length > 0
        ? `The step "${of.source.name}" names itself as ${as}.`
        : `The step "${of.source.name}" names "${name}" as ${as}, and there is no such step.`,
    );
  };
}

function toLinked<S extends LinkedSource>(
  node: Node<S>,
  index: number,
  find: Finder<S>,
): LinkedStep<S> {
  const parent = findParent(node, find);
  const needs = findNeeds(node, find, new Set()).filter((id) => id !== parent);
  const onFailure = toOnFailure(node, find);
  return {
    source: node.source,
    id: node.id,
    ...(parent === undefined ? {} : { parent }),
    needs,
    ...(onFailure === undefined ? {} : { onFailure }),
    index,
  };
}

function findParent<S extends LinkedSource>(node: Node<S>, find: Finder<S>): string | undefined {
  const seen = new Set([node.id]);
  let at = node;
  for (;;) {
    const name = at.source.parent;
    if (name === undefined || name === '') return undefined;
    const next = find(name, at, 'its parent');
    if (next.source.isKept) return next.id;
    if (seen.has(next.id)) return undefined;
    seen.add(next.id);
    at = next;
  }
}

function findNeeds<S extends LinkedSource>(
  node: Node<S>,
  find: Finder<S>,
  seen: Set<string>,
): readonly string[] {
  const ids = node.source.needs.flatMap((name) => {
    const other = find(name, node, 'a step it needs');
    if (other.source.isKept) return [other.id];
    if (seen.has(other.id)) return [];
    seen.add(other.id);
    return findNeeds(other, find, seen);
  });
  return [...new Set(ids)];
}

function toOnFailure<S extends LinkedSource>(
  node: Node<S>,
  find: Finder<S>,
): 'continue' | readonly string[] | undefined {
  const { on_failure: rule } = node.source.step;
  if (rule === undefined || rule === 'fail') return undefined;
  if (rule === 'continue') return rule;
  const names = typeof rule === 'string' ? [rule] : rule;
  return names
    .map((name) => find(name, node, 'a step for its failure'))
    .filter(({ source }) => source.isKept)
    .map(({ id }) => id);
}

function refuseCircles<S extends LinkedSource>(steps: readonly LinkedStep<S>[]): void {
  const edges = new Map(
    steps.map(({ id, parent, needs }) => [id, parent === undefined ? needs : [parent, ...needs]]),
  );
  const done = new Set<string>();
  const walk = (id: string, above: readonly string[]): void => {
    if (above.includes(id))
      throw templateFailures.create(
        'COAIA-5005',
        `Steps wait for each other: ${[...above.slice(above.indexOf(id)), id].join(' -> ')}.`,
      );
    if (done.has(id)) return;
    for (const next of edges.get(id) ?? []) walk(next, [...above, id]);
    done.add(id);
  };
  for (const { id } of steps) walk(id, []);
}
