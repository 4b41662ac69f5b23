/** Variables with where they come from. */
import type { CommandContext } from '#surface';
import type { Resolved } from './hierarchy.ts';
import { toCell, toShownValue } from './show.ts';

/** Prints them as a table or JSON, secrets hidden unless `isRevealed`. */
export function showResolved(
  { out, flags }: Pick<CommandContext<unknown>, 'out' | 'flags'>,
  resolved: readonly Resolved[],
  isRevealed = false,
): void {
  const rows = resolved.map(({ name, value, source, isEncrypted }) => ({
    name,
    value: toShownValue(name, value, { isEncrypted, isRevealed }),
    source,
  }));
  if (flags.json) out.json(rows);
  else
    out.table('variables', rows, [
      { header: 'Variable', value: ({ name }) => name },
      { header: 'Value', value: ({ value }) => toCell(value) },
      { header: 'Source', value: ({ source }) => source },
    ]);
}
