/** How steps end, and who goes on after whom. */
import type { RunFailure } from '#runs';
import type { Node } from './graph.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly output: unknown; readonly endedAt: number }
  | { readonly kind: 'failed'; readonly error: RunFailure }
  /** Its condition was false, or what it would have rescued did not fail. */
  | { readonly kind: 'skipped' }
  /** Something it needs failed. */
  | { readonly kind: 'unreached' };

/** Whether a step is taken, once all that it waits for has ended. */
export function decide(
  { step, after, rescues }: Node,
  outcomes: ReadonlyMap<string, Outcome>,
  nodes: ReadonlyMap<string, Node>,
): 'take' | 'skipped' | 'unreached' {
  const toKind = (id: string) => outcomes.get(id)?.kind;
  if (rescues.length > 0 && !rescues.some((id) => toKind(id) === 'failed')) {
    return rescues.some((id) => toKind(id) === 'unreached') ? 'unreached' : 'skipped';
  }
  const others = after.filter((id) => !rescues.includes(id));
  const isLost = others.some((id) => {
    const kind = toKind(id);
    if (kind === 'failed') return nodes.get(id)?.step.onFailure !== 'continue';
    return kind === 'unreached';
  });
  if (isLost) return 'unreached';
  // What comes after a rescue that was not needed is not needed either.
  const isIdle = [...step.needs, step.parent].some(
    (id) =>
      id !== undefined && (nodes.get(id)?.rescues.length ?? 0) > 0 && toKind(id) === 'skipped',
  );
  return isIdle ? 'skipped' : 'take';
}

/** The first failure, in the order of the template, that nothing takes care of. */
export function findFailure(
  nodes: ReadonlyMap<string, Node>,
  outcomes: ReadonlyMap<string, Outcome>,
): RunFailure | undefined {
  for (const [id, { step }] of nodes) {
    const outcome = outcomes.get(id);
    if (outcome?.kind !== 'failed' || step.onFailure === 'continue') continue;
    if (typeof step.onFailure === 'object' && step.onFailure.length > 0) continue;
    return { ...outcome.error, step: id };
  }
  return undefined;
}
