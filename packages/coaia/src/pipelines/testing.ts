/** For tests: pipelines over one store with a connection to a test model server, and a worker. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '#base';
import { openFolderBlobs } from '#blobs';
import type { Database } from '#store';
import type { PipelineRunDetail } from '@coaia/client';
import { openPipelines } from '../main/open-pipelines.ts';
import type { Pipelines } from '../main/open-pipelines.ts';
import { createProvider } from '../main/provide.ts';
import { openModelServer } from '../models/testing/model-server.ts';
import type { ModelServer, ModelServerOptions } from '../models/testing/model-server.ts';
import { openTestModels } from '../models/testing/open-models.ts';
import { hasEnded } from './runs/follow.ts';
import { replaceGrants } from './runs/grants.ts';
import type { Grant } from './runs/grants.ts';
import { getPipelineRun } from './runs/runs.ts';
import { startPipelineRun } from './runs/start-run.ts';
import type { StartOptions } from './runs/start-run.ts';

export interface RecordedObservation {
  readonly id: string;
  readonly trace_id: string;
  readonly name: string;
  readonly type: string;
  readonly level: string;
  readonly status_message: string | null;
  readonly parent_observation_id: string | null;
  readonly model: string | null;
  readonly prompt_name: string | null;
  readonly prompt_version: number | null;
  readonly total_cost: number | null;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly input: unknown;
  readonly output: unknown;
  readonly usage_details: unknown;
  readonly metadata: unknown;
}

export interface TestPipelines extends Pipelines {
  readonly db: Database;
  readonly scope: Scope;
  readonly server: ModelServer;
  readonly home: string;
  allow(...grants: readonly Grant[]): Promise<void>;
  /** Starts a run of these steps, or of a whole template; answers its id. */
  start(
    template: Readonly<Record<string, unknown>> | readonly unknown[],
    variables?: Readonly<Record<string, unknown>>,
    options?: StartOptions,
  ): Promise<string>;
  read(id: string): Promise<PipelineRunDetail>;
  /** The run once it has ended, with a worker that is closed again unless one is at work already. */
  finish(id: string): Promise<PipelineRunDetail>;
  observations(traceId: string): Promise<readonly RecordedObservation[]>;
  traces(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

export async function openTestPipelines(
  db: Database,
  options: ModelServerOptions & { readonly isConnected?: boolean } = {},
): Promise<TestPipelines> {
  const server = await openModelServer(options);
  const models = openTestModels(db);
  const { scope } = models;
  if (options.isConnected !== false)
    await models.connect({
      provider: 'test',
      adapter: 'openai',
      secretKey: 'sk-test-connection',
      baseURL: server.baseUrl,
      customModels: ['gpt-4o-mini'],
    });
  const home = mkdtempSync(join(tmpdir(), 'coaia-pipelines-'));
  const blobs = openFolderBlobs(join(home, 'blobs'));
  const { egress, secrets } = models.ports;
  const provide = createProvider({ db, blobs, egress, secrets });
  const pipelines = await openPipelines({
    db,
    blobs,
    egress,
    secrets,
    provide,
    env: {},
    home: { blobs: join(home, 'blobs'), work: join(home, 'work') },
  });
  const { ports } = pipelines;
  const read = (id: string) => getPipelineRun(ports, scope, id);
  return {
    ...pipelines,
    db,
    scope,
    server,
    home,
    read,
    allow: async (...grants) => void (await replaceGrants(db, scope, grants)),
    async start(template, variables = {}, more = {}) {
      const given: object = Array.isArray(template) ? { steps: template as unknown } : template;
      const text = JSON.stringify({ name: 'test', version: '1.0.0', ...given });
      const wanted = { template: { text, format: 'json' as const }, variables };
      return (await startPipelineRun(ports, scope, wanted, more)).run.id;
    },
    async finish(id) {
      const worker = await pipelines.openWorker();
      try {
        for (;;) {
          const run = await read(id);
          if (hasEnded(run)) return run;
          await new Promise((resolve) => {
            setTimeout(resolve, 10);
          });
        }
      } finally {
        await worker.close();
      }
    },
    async observations(traceId) {
      const rows = await db.read<Record<string, unknown>>(
        'SELECT * FROM observations WHERE project_id = ? AND trace_id = ? ORDER BY start_time, id',
        [scope.projectId, traceId],
      );
      return rows.map(toRecorded) as unknown as readonly RecordedObservation[];
    },
    traces: async () =>
      (await db.read<Record<string, unknown>>('SELECT * FROM traces ORDER BY timestamp')).map(
        toRecorded,
      ),
    async close() {
      await server.close();
      await models.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const JSON_COLUMNS = new Set(['input', 'output', 'usage_details', 'metadata']);

function toRecorded(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      JSON_COLUMNS.has(key) && typeof value === 'string' ? JSON.parse(value) : value,
    ]),
  );
}
