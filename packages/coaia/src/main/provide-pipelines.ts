/** What routes about runs, schedules and tasks get; opened when the first of them asks. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionPorts, pipelineRunPorts, schedulePorts, taskPorts } from '#pipelines';
import type { PipelineAccess, Pipelines } from './open-pipelines.ts';

type Given = Omit<PipelineAccess, 'home' | 'env'>;

/** By the name of the need: how to open what stands behind it. */
export function listPipelinePorts(
  given: Given,
  pipelines: Pipelines | undefined,
): readonly (readonly [string, () => unknown])[] {
  let opened: Promise<Pipelines> | undefined;
  const open = () => (opened ??= openOnce(given, pipelines));
  return [
    [actionPorts.name, async () => (await open()).actions],
    [pipelineRunPorts.name, async () => (await open()).ports],
    [schedulePorts.name, async () => (await open()).schedules],
    [
      taskPorts.name,
      async () => {
        const { ports, runs } = await open();
        return { clock: ports.clock, runs };
      },
    ],
  ];
}

/** Where nobody opened them with a worker, runs can be started and asked about all the same. */
async function openOnce(given: Given, pipelines: Pipelines | undefined): Promise<Pipelines> {
  if (pipelines !== undefined) return pipelines;
  const { openPipelines } = await import('./open-pipelines.ts');
  const work = join(tmpdir(), 'coaia-work');
  return openPipelines({ ...given, env: {}, home: { blobs: work, work } });
}
