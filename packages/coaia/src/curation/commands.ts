/** Every command of the curation room; importing this loads none of them. */
import type { CommandEntry } from '#surface';
import { datasetCommands } from './datasets/commands.ts';
import { evaluatorCommands } from './evaluators/commands.ts';
import { experimentCommands } from './experiments/commands.ts';
import { fineTuningCommands } from './fine-tuning/commands.ts';
import { promptCommands } from './prompts/commands.ts';
import { queueCommands } from './queues/commands.ts';

export const curationCommands: readonly CommandEntry[] = [
  ...datasetCommands,
  ...experimentCommands,
  ...promptCommands,
  ...evaluatorCommands,
  ...queueCommands,
  ...fineTuningCommands,
];
