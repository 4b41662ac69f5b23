/** Command lines of builds. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const buildCommands: readonly CommandEntry[] = [];
