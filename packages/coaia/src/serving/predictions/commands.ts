/** Command lines of predictions. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

export const predictionCommands: readonly CommandEntry[] = [];
