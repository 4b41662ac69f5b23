/** Variables as a table or JSON, secrets hidden unless they were asked for. */
import { toMasked } from '#config';
import type { CommandContext } from '#surface';
import { isMetadata } from './environment.ts';
import type { FoundEnvironment } from './open-environments.ts';

export const revealOption = {
  reveal: { type: 'boolean', summary: 'Show secrets too' },
} as const;

const MAX_WIDTH = 50;

/** What a listing shows: nothing of an encrypted file, of others no secret. */
export function toShownValue(
  name: string,
  value: string,
  { isEncrypted, isRevealed }: { readonly isEncrypted: boolean; readonly isRevealed: boolean },
): string {
  if (isRevealed) return value;
  return isEncrypted && value !== '' && !isMetadata(name) ? '****' : toMasked(name, value);
}

/** One line that fits a cell; line breaks and control characters are spelled out. */
export function toCell(value: string): string {
  const line = value.replaceAll(/\p{Cc}/gu, (letter) => JSON.stringify(letter).slice(1, -1));
  return line.length > MAX_WIDTH ? `${line.slice(0, MAX_WIDTH)}...` : line;
}

/** Prints the variables of one environment. */
export function showEnvironment(
  { out, flags }: Pick<CommandContext<unknown>, 'out' | 'flags'>,
  { values, isEncrypted }: Pick<FoundEnvironment, 'values' | 'isEncrypted'>,
  isRevealed = false,
): void {
  const rows = Object.entries(values).map(([name, value]) => ({
    name,
    value: toShownValue(name, value, { isEncrypted, isRevealed }),
  }));
  if (flags.json) {
    out.json(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
    return;
  }
  out.table(
    'variables',
    rows.filter(({ name }) => !isMetadata(name)),
    [
      { header: 'Variable', value: ({ name }) => name },
      { header: 'Value', value: ({ value }) => toCell(value) },
    ],
  );
}
