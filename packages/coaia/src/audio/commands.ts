/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const audioCommands: readonly CommandEntry[] = [];
