/** Pipelines for agents: templates, and runs that go on until they end. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '#base';
import type { PipelineRunCommandsApi } from '#pipelines';
import type { Database } from '#store';
import type { CoaiaClient, PipelineRunDetail, PipelineRunInput, PipelinesApi } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';

export interface McpPipelines {
  readonly templates: PipelinesApi;
  readonly runs: PipelineRunCommandsApi;
}

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);
const PAUSE_MS = 200;

export async function openLocalMcpPipelines(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<McpPipelines> {
  const [{ openLocalTemplatesNeed }, { openLocalRunsNeed }] = await Promise.all([
    import('./open-templates.ts'),
    import('./open-pipeline-needs.ts'),
  ]);
  const { templates } = await openLocalTemplatesNeed(db, scope);
  return { templates, runs: await openLocalRunsNeed(db, scope, options) };
}

export async function openRemoteMcpPipelines(client: CoaiaClient): Promise<McpPipelines> {
  const [{ openRemoteTemplatesNeed }, { openRemoteRunsNeed }] = await Promise.all([
    import('./open-templates.ts'),
    import('./open-pipeline-needs.ts'),
  ]);
  const { templates } = await openRemoteTemplatesNeed(client);
  return { templates, runs: await openRemoteRunsNeed(client) };
}

/**
 * Starts a run and answers it when it has ended, waits for a person, or `waitMs` are over; then it goes on, where
 * a server works on it.
 */
export async function runPipeline(
  { runs }: McpPipelines,
  input: PipelineRunInput,
  waitMs: number,
): Promise<PipelineRunDetail> {
  const worker = await runs.openWorker();
  try {
    const { id } = await runs.startPipelineRun(input);
    const end = performance.now() + waitMs;
    for (;;) {
      const run = await runs.getPipelineRun(id);
      const isPaused = run.state === 'waiting' && run.approvals.length > 0;
      if (ENDED.has(run.state) || isPaused || performance.now() > end) return run;
      await sleep(PAUSE_MS);
    }
  } finally {
    await worker.close();
  }
}
