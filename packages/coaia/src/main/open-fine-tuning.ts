/** Fine-tuning over one open store: what its routes and commands take. */
import { join } from 'node:path';
import type { Scope } from '#base';
import { createTrainers, openLocalFineTuning } from '#curation';
import type { FineTuningPorts } from '#curation';
import { createEgress } from '#egress';
import { openModelServer } from '#models';
import type { ModelPorts } from '#models';
import type { Database } from '#store';
import type { FineTuningApi } from '@coaia/client';
import { toModelPorts } from './open-evaluations.ts';
import type { OpenNeedOptions } from './open-options.ts';
import { openSecrets } from './open-secrets.ts';

/** How this machine trains. */
export interface TrainingRules {
  readonly command: string | undefined;
  /** Holds a folder for each job. */
  readonly folder: string;
}

/** Jobs run at the project's connections, or by the owner's own program. */
export function toFineTuningPorts(
  models: ModelPorts,
  { command, folder }: TrainingRules,
): FineTuningPorts {
  const { db, clock, recorder } = models;
  const trainers = createTrainers({
    openServer: (scope, provider) => openModelServer(models, scope, { provider, model: '' }),
    command,
    folder,
  });
  return { db, clock, recorder, trainers };
}

/** Where local jobs keep their files. */
export function toTrainingFolder(home: string): string {
  return join(home, 'fine-tuning');
}

/** For commands on the store in this home. */
export async function openFineTuningNeed(
  db: Database,
  scope: Scope,
  { env, ledgerPath, offline, settings: { paths, values } }: OpenNeedOptions,
): Promise<FineTuningApi> {
  const models = toModelPorts({
    db,
    egress: createEgress({ offline, ledgerPath, env }),
    secrets: openSecrets(paths.keys, values),
  });
  const command = values.trainer_command;
  const ports = toFineTuningPorts(models, { command, folder: toTrainingFolder(paths.home) });
  return openLocalFineTuning(ports, scope);
}
