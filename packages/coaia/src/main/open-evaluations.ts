/** Evaluations over one open store: what their routes and commands take, and the background that does them. */
import { systemClock } from '#base';
import type { Clock, Scope } from '#base';
import { openEvaluationWorker, openLocalEvaluators } from '#curation';
import type { EvaluationPorts } from '#curation';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { openChat } from '#models';
import type { ModelPorts, SecretBox } from '#models';
import { createRecorder } from '#observability';
import type { Database } from '#store';
import type { EvaluatorsApi } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';
import { openSecrets } from './open-secrets.ts';

/** What talking to models needs beside the store. */
export interface ModelAccess {
  readonly db: Database;
  readonly clock?: Clock;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
}

/** What the models room takes; calls are recorded by the ingestion that clients reach. */
export function toModelPorts({
  db,
  clock = systemClock,
  egress,
  secrets,
}: ModelAccess): ModelPorts {
  return { db, clock, recorder: createRecorder({ db, clock }), egress, secrets };
}

/** What evaluating takes: the judges' calls are recorded, and so are the scores. */
export function toEvaluationPorts(models: ModelPorts): EvaluationPorts {
  const { db, clock, recorder } = models;
  return { db, clock, recorder, chat: openChat(models) };
}

/** Starts evaluating in the background; `close` gives back what is under way. */
export function openEvaluations(
  access: ModelAccess,
  onTrouble: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  return openEvaluationWorker(toEvaluationPorts(toModelPorts(access)), { onTrouble });
}

/** For commands on the store in this home. */
export function openEvaluatorsNeed(
  db: Database,
  scope: Scope,
  { env, ledgerPath, offline, settings: { paths, values } }: OpenNeedOptions,
): Promise<EvaluatorsApi> {
  const models = toModelPorts({
    db,
    egress: createEgress({ offline, ledgerPath, env }),
    secrets: openSecrets(paths.keys, values),
  });
  return openLocalEvaluators(toEvaluationPorts(models), scope);
}
