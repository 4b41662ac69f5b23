/** Which steps wait for a person. */
import type { RunStep } from '#runs';
import type { RunPlan } from './plan.ts';

/** Steps that were asked about and have no answer yet. */
export function toApprovalKeys(
  plan: RunPlan,
  rows: ReadonlyMap<string, RunStep>,
): readonly { readonly step: string; readonly message: string }[] {
  const human = new Set(plan.steps.filter(({ action }) => action === 'human').map(({ id }) => id));
  return [...rows.values()].flatMap(({ name, output, state }) => {
    const key = name.endsWith(':asked') ? name.slice(0, -':asked'.length) : undefined;
    const isOpen = key !== undefined && state === 'succeeded' && !rows.has(key);
    if (!isOpen || !human.has(key.replace(/\[\d+\]$/, ''))) return [];
    const { message } = (output ?? {}) as { readonly message?: string };
    return [{ step: key, message: message ?? '' }];
  });
}
