/** Pipelines over one open store: what their runs are carried out with, here and in a server. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#base';
import type { Clock, Scope } from '#base';
import type { BlobStore } from '#blobs';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import { createRecorder } from '#observability';
import {
  actionPorts,
  openPipelineWorkflow,
  openScheduleRuns,
  openTemplatePlaces,
  openWebhooks,
} from '#pipelines';
import type { ActionPorts, PipelineRunPorts, SchedulePorts } from '#pipelines';
import { openEmbeddedDispatcher } from '#queue';
import type { Dispatcher } from '#queue';
import { openEngine, openRuns, openScheduler, openSchedules } from '#runs';
import type { RunsApi, SchedulerOptions, SchedulesOptions } from '#runs';
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
  readonly schedules: SchedulePorts;
  readonly runs: RunsApi;
  /** What the actions of this room take. */
  readonly actions: ActionPorts;
  /** Where commands of a run's steps may write; made when it is asked for, gone when the run has ended. */
  readonly openWorkFolder: (runId: string) => string;
  /** Works on due runs until it is closed; a server also starts what schedules say. */
  openWorker(options?: { readonly isScheduling: boolean }): Promise<{ close(): Promise<void> }>;
}

/** What steps at work are given when a process ends, in milliseconds. */
const GRACE_MS = 5000;

/** Opens no worker by itself. */
export async function openPipelines(access: PipelineAccess): Promise<Pipelines> {
  const { clock = systemClock, db, dispatcher, egress, env, secrets } = access;
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
  const webhooks = await openWebhooks({ db, clock, egress, secrets });
  const own = toActionPorts(access, clock);
  const workflow = await openPipelineWorkflow(
    {
      ...toWorkflowPorts(access, clock, own),
      toAlarms: webhooks.toRunAlarms,
    },
    base,
  );
  const options = {
    db,
    clock,
    recorder: createRecorder({ db, clock }),
    workflows: [workflow, webhooks.workflow],
    prepare: await openScheduleRuns(base),
    ...(dispatcher === undefined ? {} : { dispatcher }),
  };
  const runs = openRuns(options);
  return {
    ports: { ...base, runs },
    schedules: { ...base, schedules: openSchedules(options) },
    runs,
    actions: own,
    openWorkFolder: (runId) => makeWorkFolder(toWorkFolder(access.home.work, runId)),
    openWorker: (wanted) =>
      openWorker(access, options, {
        isScheduling: wanted?.isScheduling === true,
        onFired: ({ projectId, ...schedule }, { outcome, detail }) => {
          if (outcome !== 'failed') return;
          const scope: Scope = { projectId, level: 'project', via: 'local' };
          const alarms = webhooks.toFireAlarms({ projectId, ...schedule }, detail);
          for (const alarm of alarms)
            void runs.start(scope, alarm).catch((error: unknown) => access.log?.('webhook', error));
        },
      }),
  };
}

interface Working extends Pick<SchedulerOptions, 'onFired'> {
  readonly isScheduling: boolean;
}

async function openWorker(
  { dispatcher, log }: PipelineAccess,
  options: SchedulesOptions,
  { isScheduling, onFired }: Working,
): Promise<{ close(): Promise<void> }> {
  const queue = dispatcher ?? openEmbeddedDispatcher(options);
  const logged = {
    ...options,
    dispatcher: queue,
    graceMs: GRACE_MS,
    ...(log === undefined ? {} : { log }),
  };
  const engine = await openEngine(logged);
  const fired = onFired === undefined ? {} : { onFired };
  const scheduler = isScheduling ? openScheduler({ ...logged, ...fired }) : undefined;
  return {
    async close() {
      await scheduler?.close();
      await engine.close();
      if (dispatcher === undefined) await queue.close();
    },
  };
}

function toWorkflowPorts(access: PipelineAccess, clock: Clock, own: ActionPorts) {
  const { db, home, provide, secrets } = access;
  return {
    db,
    clock,
    secrets,
    findAction,
    openApi: async (need: Need<unknown>, scope: Scope) =>
      need.name === actionPorts.name ? own : provide(need, scope),
    closeWorkFolder: (runId: string) =>
      rm(toWorkFolder(home.work, runId), { recursive: true, force: true }),
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
    openWorkFolder: (runId) => makeWorkFolder(toWorkFolder(home.work, runId)),
  };
}

/**
 * A folder that nobody else can guess: ids of runs may hold anything, and may be known. Where root runs, commands
 * are given to the user nobody, who cannot go through a home; the folder lies in the common one for such things.
 */
function toWorkFolder(root: string, runId: string): string {
  const name = createHash('sha256').update(`${root}\n${runId}`).digest('hex').slice(0, 32);
  const isRoot = process.getuid?.() === 0;
  return isRoot ? join(tmpdir(), `coaia-work-${name}`) : join(root, name);
}

/** Makes it. Throws when something else lies there. */
function makeWorkFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (found.isDirectory() && (found.mode & 0o077) === 0) return folder;
  throw new TypeError(`${folder} is not a folder of this program`);
}
