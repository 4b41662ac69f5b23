/** In which order steps are taken: what each of them waits for, said by the template or by its expressions. */
import { findNames, toConditionText } from '../templates/names-in.ts';
import type { RenderedStep } from '../templates/rendered.ts';
import { runFailures } from './errors.ts';

export interface Node {
  readonly step: RenderedStep;
  /** Steps that must have ended before: needs, the parent, and what its expressions read. */
  readonly after: readonly string[];
  /** Steps for whose failure it is taken; empty for every usual step. */
  readonly rescues: readonly string[];
}

/** By id, in the order of the template. Fails with COAIA-5110. */
export function toGraph(steps: readonly RenderedStep[]): ReadonlyMap<string, Node> {
  const ids = new Set(steps.map(({ id }) => id));
  const exporters = new Map(
    steps.flatMap(({ id, exportAs = '' }) =>
      /^[A-Za-z_]\w*$/.test(exportAs) ? [[exportAs, id] as const] : [],
    ),
  );
  const graph = new Map(
    steps.map((step) => {
      const named = [...step.needs, ...(step.parent === undefined ? [] : [step.parent])];
      const unknown = named.find((id) => !ids.has(id));
      if (unknown !== undefined) throw refuse(`Step "${step.id}" needs "${unknown}"`, 'is no step');
      const rescues = steps.filter(({ onFailure }) => isListed(onFailure, step.id));
      const read = findReads(step, ids, exporters).filter((id) => id !== step.id);
      const rescued = rescues.map(({ id }) => id);
      const after = [...new Set([...named, ...read, ...rescued])];
      return [step.id, { step, after, rescues: rescued }] as const;
    }),
  );
  requireOrder(graph);
  return graph;
}

function isListed(onFailure: RenderedStep['onFailure'], id: string): boolean {
  return typeof onFailure === 'object' && onFailure.includes(id);
}

const READ = /\bsteps(?:\.([A-Za-z_]\w*)|\[\s*(?:\\?["'])(.+?)(?:\\?["'])\s*\])/g;

/** Steps whose outputs the expressions of a step read, by `steps.ID` or by the name of an export. */
function findReads(
  { with: input, condition, foreach, later }: RenderedStep,
  ids: ReadonlySet<string>,
  exporters: ReadonlyMap<string, string>,
): readonly string[] {
  const asked = condition === undefined ? undefined : toConditionText(condition);
  const listed = typeof foreach === 'string' ? toConditionText(foreach) : foreach;
  const { variables } = findNames([input, asked, listed, later]);
  const text = JSON.stringify([input, asked, listed, later]);
  const direct = variables.has('steps')
    ? [...text.matchAll(READ)].map(([, name, quoted]) => name ?? quoted ?? '')
    : [];
  const exported = [...exporters].flatMap(([name, id]) => (variables.has(name) ? [id] : []));
  return [...direct.filter((id) => ids.has(id)), ...exported];
}

function requireOrder(graph: ReadonlyMap<string, Node>): void {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (done.has(id)) return;
    if (path.includes(id))
      throw refuse(`Steps need each other in a circle: ${[...path, id].join(', ')}`, '');
    for (const next of graph.get(id)?.after ?? []) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of graph.keys()) visit(id, []);
}

function refuse(what: string, why: string) {
  return runFailures.create('COAIA-5110', `${what}${why === '' ? '' : `, which ${why}`}.`, {
    hint: 'coaia pipeline validate',
  });
}

/** All that a step may read: what it waits for, and what that waited for. */
export function toAncestors(graph: ReadonlyMap<string, Node>, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (one: string): void => {
    for (const next of graph.get(one)?.after ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      add(next);
    }
  };
  add(id);
  return found;
}
