/** ruff, whichever is there: the project's own first, the bundled one otherwise. */
import { runBundledRuff } from './bundled-ruff.ts';
import type { RuffOrder, RuffReport } from './lint.ts';
import { runOwnRuff } from './own-ruff.ts';

/** `program`: path of the project's own ruff; undefined: the bundled one. */
export function runRuff(order: RuffOrder, program: string | undefined): Promise<RuffReport> {
  return program === undefined ? runBundledRuff(order) : runOwnRuff(order, program);
}
