/** The room's command lines. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';
import { environmentCommands } from './environments/commands.ts';
import { planCommands } from './plan/commands.ts';
import { templateCommands } from './templates/commands.ts';
import { judgingCommands } from './judging/commands.ts';
import { pipelineRunCommands } from './runs/commands.ts';
import { scheduleCommands } from './schedules/commands.ts';
import { sharingCommands } from './sharing/commands.ts';
import { statsCommands } from './stats/commands.ts';
import { taskCommands } from './tasks/commands.ts';

export const pipelineCommands: readonly CommandEntry[] = [
  ...templateCommands,
  ...pipelineRunCommands,
  ...planCommands,
  ...sharingCommands,
  ...statsCommands,
  ...scheduleCommands,
  ...taskCommands,
  ...judgingCommands,
  ...environmentCommands,
];
