/** Pipelines over one open store: what their runs are carried out with, here and in a server. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#base';
import type { Clock, Scope } from '#base';
import type { BlobStore } from '#blobs';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import { createRecorder } from '#observability';
import { actionPorts, openPipelineWorkflow, openTemplatePlaces } from '#pipelines';
import type { ActionPorts, PipelineRunPorts } from '#pipelines';
import { openEmbeddedDispatcher } from '#queue';
import type { Dispatcher } from '#queue';
import { openEngine, openRuns } from '#runs';
import type { RunsApi, Workflow } from '#runs';
import type { Database } from '#store';
import type { Need } from '#surface';
import { actionEntries, findAction } from './action-tables.ts';
import { toModelPorts } from './open-evaluations.ts';
import { openMediaHere } from './open-media.ts';

export interface PipelineAccess {
  readonly db: Database;
  readonly clock?: Clock;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
  readonly blobs: BlobStore;
  /** The home: its folder of blobs, and one for the work of runs. */
  readonly home: { readonly blobs: string; readonly work: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the actions of other rooms take. */
  readonly provide: (need: Need<unknown>, scope: Scope) => unknown;
  /** One line about what went wrong outside of any run. */
  readonly log?: (message: string, error: unknown) => void;
  /** Brings due runs to workers; looks into the store when absent. */
  readonly dispatcher?: Dispatcher;
}

export interface Pipelines {
  readonly ports: PipelineRunPorts;
  readonly runs: RunsApi;
  /** Works on due runs of every pipeline until it is closed. */
  openWorker(): Promise<{ close(): Promise<void> }>;
}

/** Opens no worker by itself. */
export async function openPipelines(access: PipelineAccess): Promise<Pipelines> {
  const { clock = systemClock, db, dispatcher, env, secrets } = access;
  const recorder = createRecorder({ db, clock });
  const toRuns = (workflows: readonly Workflow[]): RunsApi =>
    openRuns({
      db,
      clock,
      recorder,
      workflows,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
  const toPlaces = await openTemplatePlaces();
  const base = {
    db,
    clock,
    secrets,
    env,
    findAction,
    actions: actionEntries,
    toPlaces: (scope: Scope) => toPlaces(db, scope),
  };
  const own = toActionPorts(access, clock);
  const workflow = await openPipelineWorkflow(
    {
      db,
      clock,
      secrets,
      findAction,
      openApi: async (need, scope) =>
        need.name === actionPorts.name ? own : access.provide(need, scope),
      closeWorkFolder: (runId) =>
        rm(toWorkFolder(access.home.work, runId), { recursive: true, force: true }),
    },
    base,
  );
  const runs = toRuns([workflow]);
  return {
    ports: { ...base, runs },
    runs,
    async openWorker() {
      const queue = dispatcher ?? openEmbeddedDispatcher({ db, clock });
      const { log } = access;
      const options = { db, clock, recorder, workflows: [workflow], dispatcher: queue };
      const engine = await openEngine(log === undefined ? options : { ...options, log });
      return {
        async close() {
          await engine.close();
          if (dispatcher === undefined) await queue.close();
        },
      };
    },
  };
}

function toActionPorts(access: PipelineAccess, clock: Clock): ActionPorts {
  const { db, egress, secrets, blobs, home } = access;
  return {
    db,
    clock,
    egress,
    models: toModelPorts({ db, clock, egress, secrets }),
    openMedia: (scope) => openMediaHere({ db, blobs, egress, folder: home.blobs }, scope),
    openWorkFolder(runId) {
      const folder = toWorkFolder(home.work, runId);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
  };
}

/** Ids of runs may hold anything. */
function toWorkFolder(root: string, runId: string): string {
  return join(root, createHash('sha256').update(runId).digest('hex').slice(0, 32));
}
