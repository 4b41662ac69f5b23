/** The trainers there are; each loads when it is asked for the first time. */
import type { FineTuningProvider } from '@coaia/client';
import type { LocalTrainerOptions } from './local-trainer.ts';
import type { OpenServer } from './openai-trainer.ts';
import type { Trainer } from './trainer.ts';

export interface TrainerOptions extends LocalTrainerOptions {
  /** Opens a connection of the project. */
  readonly openServer: OpenServer;
}

export function createTrainers(
  options: TrainerOptions,
): Readonly<Record<FineTuningProvider, Trainer>> {
  return {
    openai: toLazy(async () => {
      const { createOpenAiTrainer } = await import('./openai-trainer.ts');
      return createOpenAiTrainer(options.openServer);
    }),
    local: toLazy(async () => {
      const { createLocalTrainer } = await import('./local-trainer.ts');
      return createLocalTrainer(options);
    }),
  };
}

function toLazy(load: () => Promise<Trainer>): Trainer {
  return {
    start: async (scope, order, connection) => (await load()).start(scope, order, connection),
    read: async (place) => (await load()).read(place),
    cancel: async (place) => (await load()).cancel(place),
    listEvents: async (place, limit) => (await load()).listEvents(place, limit),
    listArtifacts: async (place) => (await load()).listArtifacts(place),
  };
}
