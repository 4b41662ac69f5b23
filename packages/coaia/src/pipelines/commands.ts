/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';
import { environmentCommands } from './environments/commands.ts';

export const pipelineCommands: readonly CommandEntry[] = [...environmentCommands];
