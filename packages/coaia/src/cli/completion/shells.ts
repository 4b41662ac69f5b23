/** The script of each shell that completion is made for. */
import type { CommandEntry } from '#surface';
import { buildModel } from './model.ts';
import { toRows } from './rows.ts';
import type { SHELLS } from './value-kinds.ts';

export type Shell = (typeof SHELLS)[number];

/** The script for a shell. Loads every command, so that everything is in the script. */
export async function renderCompletion(
  shell: Shell,
  entries: readonly CommandEntry[],
): Promise<string> {
  const model = await buildModel(entries);
  switch (shell) {
    case 'bash':
      return (await import('./bash.ts')).renderBash(toRows(model));
    case 'zsh':
      return (await import('./zsh.ts')).renderZsh(toRows(model));
    case 'fish':
      return (await import('./fish.ts')).renderFish(toRows(model));
    case 'powershell':
      return (await import('./powershell.ts')).renderPowerShell(toRows(model));
    case 'nushell':
      return (await import('./nushell.ts')).renderNushell(model);
    case 'carapace':
      return (await import('./carapace.ts')).renderCarapace(model);
  }
}
