/** All command tables of the rooms in one list. Imports tables only, which import nothing: help loads no room. */
import type { CommandEntry } from '#surface';
import { accessCommands } from '../access/commands.ts';
import { curationCommands } from '../curation/commands.ts';
import { migrationCommands } from '../migration/commands.ts';
import { modelCommands } from '../models/commands.ts';
import { observabilityCommands } from '../observability/commands.ts';

/** The rooms' commands; the shell adds its own. */
export const commandEntries: readonly CommandEntry[] = [
  ...observabilityCommands,
  ...curationCommands,
  ...modelCommands,
  ...migrationCommands,
  ...accessCommands,
];
