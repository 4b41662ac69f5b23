/** Command lines of running. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const runningCommands: readonly CommandEntry[] = [];
