/** Command lines of checks. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const checkCommands: readonly CommandEntry[] = [];
