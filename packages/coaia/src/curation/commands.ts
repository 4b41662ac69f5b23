/** Every command of the curation room; importing this loads none of them. */
import type { CommandEntry } from '#surface';

export const curationCommands: readonly CommandEntry[] = [];
