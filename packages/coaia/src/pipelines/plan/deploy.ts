/** Makes the changes of a plan, one object after the other. */
import { EXIT, isCoaiaError } from '#base';
import type { Change } from './change.ts';
import { isPending } from './make-plan.ts';

export interface Deployed extends Change {
  /** Why it could not be made; null when it was, or when there was nothing to do. */
  readonly error: string | null;
}

/**
 * Each object is changed as a whole or not at all; one that fails does not stop the rest. What needs another object
 * that comes later (a prompt that includes one, a template that extends one) is tried again while others succeed.
 */
export async function deploy(plan: readonly Change[]): Promise<readonly Deployed[]> {
  const errors = new Map<Change, string>();
  for (let left = plan.filter(isPending); left.length > 0;) {
    const failed: Change[] = [];
    for (const change of left) {
      const error = await tryOne(change);
      if (error === undefined) errors.delete(change);
      else {
        errors.set(change, error);
        failed.push(change);
      }
    }
    if (failed.length === left.length) break;
    left = failed;
  }
  return plan.map((change) => ({ ...change, error: errors.get(change) ?? null }));
}

async function tryOne({ apply }: Change): Promise<string | undefined> {
  try {
    await apply?.();
    return undefined;
  } catch (error) {
    // Without server or keys the rest would fail alike.
    if (isCoaiaError(error) && error.definition.exit !== EXIT.failed) throw error;
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}
