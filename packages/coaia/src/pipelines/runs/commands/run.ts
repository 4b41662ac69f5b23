/** `coaia pipeline run`: carries out a template's steps. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { PipelineRun } from '@coaia/client';
import { requireDuration } from '../duration.ts';
import { hasEnded } from '../follow.ts';
import { pipelineRunsApi } from '../ports.ts';
import type { PipelineRunCommandsApi } from '../ports.ts';
import { followOptions, runUntilEnd } from '../run-until-end.ts';
import { findLocalTemplate } from '../find-local-template.ts';
import { readVariables, variableOptions } from '../../create/read-variables.ts';

export const command = defineCommand({
  words: 'pipeline run',
  summary: 'Run a pipeline: its steps are carried out and recorded as one trace',
  description:
    'Progress goes to stderr, the output of the last step to stdout. A run survives the end of this program: --resume goes on at the first step that is not finished. Without a server this command works on the run itself; with one it is started there and watched from here.',
  needs: pipelineRunsApi,
  endsItself: true,
  positionals: [
    { name: 'name', summary: 'Name of the template, NAME@RANGE, or a file such as ./x.yaml' },
  ],
  options: {
    ...variableOptions,
    resume: { type: 'string', placeholder: 'RUN', summary: 'Go on with this run' },
    'from-step': {
      type: 'string',
      placeholder: 'STEP',
      summary: 'Take over what --resume, or the newest run, finished before this step',
    },
    concurrency: { type: 'number', placeholder: 'N', summary: 'Steps at once (default 4)' },
    timeout: { type: 'string', placeholder: '10m', summary: 'Fail the run after this time' },
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'Id of the trace' },
    'session-id': { type: 'string', placeholder: 'ID', summary: 'Session of the trace' },
    'user-id': { type: 'string', placeholder: 'ID', summary: 'User of the trace' },
    id: { type: 'string', placeholder: 'ID', summary: 'Id of the run; the same id runs once' },
    ...followOptions,
  },
  examples: [
    'coaia pipeline run simple-trace --var trace_name=nightly',
    'coaia pipeline run ./review.yaml --var text=@draft.txt --junit steps.xml',
  ],
  async run(context, { options, args }) {
    const { name } = args;
    const { resume, 'from-step': fromStep, timeout, strict } = options;
    const api = await context.open();
    if (resume !== undefined || fromStep !== undefined)
      return runUntilEnd(context, options, () => goOn(api, { name, resume, fromStep }));
    if (name === undefined)
      throw invalidRequest(
        'Name the pipeline to run, or a run with --resume.',
        undefined,
        'coaia pipeline list',
      );
    const variables = await readVariables(context, options);
    const input = {
      template: await findLocalTemplate(context, name),
      variables,
      concurrency: options.concurrency,
      timeoutMs: timeout === undefined ? undefined : requireDuration('--timeout', timeout),
      traceId: options['trace-id'],
      sessionId: options['session-id'],
      userId: options['user-id'],
      strict,
      id: options.id,
    };
    return runUntilEnd(context, options, () =>
      api.startPipelineRun(input, { folder: context.cwd }),
    );
  },
});

interface GoingOn {
  readonly name: string | undefined;
  readonly resume: string | undefined;
  readonly fromStep: string | undefined;
}

/** The run itself; the same once more when it had failed; or a new one from a step on. */
async function goOn(
  api: PipelineRunCommandsApi,
  { name, resume, fromStep }: GoingOn,
): Promise<PipelineRun> {
  const id = resume ?? (await findNewest(api, name));
  if (fromStep !== undefined) return api.forkPipelineRun(id, { fromStep });
  const run = await api.getPipelineRun(id);
  return hasEnded(run) && run.state !== 'succeeded' ? api.retryPipelineRun(id) : run;
}

async function findNewest(api: PipelineRunCommandsApi, name: string | undefined): Promise<string> {
  if (name === undefined)
    throw invalidRequest('--from-step needs the name of a pipeline, or a run with --resume.');
  const { data } = await api.listPipelineRuns({ name, limit: 1 });
  const [newest] = data;
  if (newest !== undefined) return newest.id;
  throw invalidRequest(`${name} has not been run yet.`, undefined, `coaia pipeline run ${name}`);
}
