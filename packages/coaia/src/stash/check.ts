/** Whether the stash works, for `coaia doctor`. */
import { isCoaiaError } from '#base';
import type { StashStore } from './entries/entry.ts';

export type StashCheck =
  | { readonly isGood: true; readonly place: string; readonly milliseconds: number }
  | {
      readonly isGood: false;
      readonly place: string;
      readonly code: string;
      readonly message: string;
      readonly hint: string | undefined;
    };

/** Reads a key that nobody has, which needs address and credentials to be right. Writes nothing. */
export async function checkStash(store: StashStore): Promise<StashCheck> {
  const { place } = store;
  const start = performance.now();
  try {
    await store.get('coaia:doctor');
    return { isGood: true, place, milliseconds: Math.round(performance.now() - start) };
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    const { code, message, hint } = error;
    return { isGood: false, place, code, message, hint };
  }
}
