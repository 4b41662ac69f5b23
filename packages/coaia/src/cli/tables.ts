/** Every command there is: the rooms' and the shell's own. */
import { commandEntries } from '#main/command-tables';
import { mcpCommands } from '#mcp/commands';
import type { CommandEntry } from '#surface';
import { cliCommands } from './commands.ts';
import { serverCommands } from './commands/server/commands.ts';

export const allCommands: readonly CommandEntry[] = [
  ...serverCommands,
  ...cliCommands,
  ...mcpCommands,
  ...commandEntries,
];
