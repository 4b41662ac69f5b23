/** Command lines of versions. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const versionCommands: readonly CommandEntry[] = [];
