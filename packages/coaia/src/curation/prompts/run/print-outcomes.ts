/** What a run over a dataset came to. */
import { EXIT } from '#base';
import type { CommandContext } from '#surface';
import type { ItemOutcome } from './run-dataset.ts';

/** Prints counts and failures; 5 when some items failed, 1 when all did. */
export function printOutcomes(
  { out, flags }: Pick<CommandContext<never>, 'out' | 'flags'>,
  run: { readonly dataset: string; readonly runName: string },
  outcomes: readonly ItemOutcome[],
): number {
  const failed = outcomes.filter(({ error }) => error !== null);
  const costs = outcomes.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  // A sum of some would look like the cost of all.
  const cost = costs.length === outcomes.length ? costs.reduce((sum, one) => sum + one, 0) : null;
  const counts = { items: outcomes.length, failed: failed.length, cost };
  if (flags.json) out.json({ ...run, ...counts, outcomes });
  else {
    out.line(`Run: ${run.runName}`);
    out.line(`Items: ${counts.items}, failed: ${counts.failed}`);
    if (cost !== null) out.line(`Cost: $${cost.toFixed(6)}`);
    for (const { itemId, error } of failed) out.notice(`${itemId}: ${error}`);
    out.notice(`Compare: coaia experiments compare ${run.dataset}`);
  }
  if (failed.length === 0) return EXIT.done;
  return failed.length === outcomes.length ? EXIT.failed : EXIT.partial;
}
