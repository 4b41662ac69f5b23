/** All command tables of the rooms in one list. Imports tables only, which import nothing: help loads no room. */
import type { CommandEntry } from '#surface';
import { accessCommands } from '../access/commands.ts';
import { audioCommands } from '../audio/commands.ts';
import { curationCommands } from '../curation/commands.ts';
import { githubCommands } from '../github/commands.ts';
import { migrationCommands } from '../migration/commands.ts';
import { modelCommands } from '../models/commands.ts';
import { observabilityCommands } from '../observability/commands.ts';
import { pipelineCommands } from '../pipelines/commands.ts';
import { servingCommands } from '../serving/commands.ts';
import { stashCommands } from '../stash/commands.ts';
import { textCommands } from '../text/commands.ts';

/** The rooms' commands; the shell adds its own. */
export const commandEntries: readonly CommandEntry[] = [
  ...observabilityCommands,
  ...curationCommands,
  ...modelCommands,
  ...pipelineCommands,
  ...stashCommands,
  ...textCommands,
  ...audioCommands,
  ...githubCommands,
  ...migrationCommands,
  ...servingCommands,
  ...accessCommands,
];
