/** The room's command lines: `ao X` is `coaia ops X`. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';
import { buildCommands } from './builds/commands.ts';
import { checkCommands } from './checks/commands.ts';
import { predictionCommands } from './predictions/commands.ts';
import { processCommands } from './processes/commands.ts';
import { projectCommands } from './projects/commands.ts';
import { runningCommands } from './running/commands.ts';
import { versionCommands } from './versions/commands.ts';

export const servingCommands: readonly CommandEntry[] = [
  ...projectCommands,
  ...checkCommands,
  ...runningCommands,
  ...processCommands,
  ...versionCommands,
  ...predictionCommands,
  ...buildCommands,
];
