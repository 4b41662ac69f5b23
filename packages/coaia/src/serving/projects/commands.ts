/** Command lines of projects. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const projectCommands: readonly CommandEntry[] = [];
