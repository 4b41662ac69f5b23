/** `coaia_pipeline_...`: templates, and runs of them. */
import { isObject } from '#base';
import { runPipeline } from '#main/open-mcp-pipelines';
import { findText, readText } from '../arguments.ts';
import { COUNT, OBJECT, TEXT, toDescribed } from '../tool.ts';
import type { Tool } from '../tool.ts';

/** Longest wait for the end of a run, unless the caller says less. */
const MOST_SECONDS = 300;

export const pipelineTools: readonly Tool[] = [
  {
    name: 'coaia_pipeline_list',
    description: 'List the pipeline templates with their variables and what their steps do.',
    input: { type: 'object', properties: {} },
    isReadOnly: true,
    async run({ api }) {
      const { templates } = await (await api()).pipelines();
      return { pipelines: (await templates.listPipelines()).data };
    },
  },
  {
    name: 'coaia_pipeline_show',
    description: 'Show one pipeline template: variables, steps and its text.',
    input: { type: 'object', properties: { name: TEXT }, required: ['name'] },
    isReadOnly: true,
    async run({ api }, input) {
      const { templates } = await (await api()).pipelines();
      return { pipeline: await templates.getPipeline(readText(input, 'name')) };
    },
  },
  {
    name: 'coaia_pipeline_run',
    description:
      'Carry out a pipeline and answer its run with every step. One trace records what really happened.',
    input: {
      type: 'object',
      properties: {
        name: TEXT,
        variables: toDescribed(OBJECT, 'Values by name, as coaia_pipeline_show lists them'),
        session_id: TEXT,
        user_id: TEXT,
        wait_seconds: toDescribed(COUNT, `Longest wait for its end, at most ${MOST_SECONDS}`),
      },
      required: ['name'],
    },
    isReadOnly: false,
    async run({ api }, input) {
      const { variables } = input;
      const seconds = Number(input['wait_seconds'] ?? MOST_SECONDS);
      const run = await runPipeline(
        await (await api()).pipelines(),
        {
          template: readText(input, 'name'),
          variables: isObject(variables) ? variables : {},
          sessionId: findText(input, 'session_id'),
          userId: findText(input, 'user_id'),
        },
        Math.min(seconds, MOST_SECONDS) * 1000,
      );
      return { run_id: run.id, state: run.state, trace_id: run.traceId, run };
    },
  },
  {
    name: 'coaia_pipeline_run_get',
    description: 'Show a run of a pipeline with every step, its output and what it waits for.',
    input: { type: 'object', properties: { run_id: TEXT }, required: ['run_id'] },
    isReadOnly: true,
    async run({ api }, input) {
      const { runs } = await (await api()).pipelines();
      return { run: await runs.getPipelineRun(readText(input, 'run_id')) };
    },
  },
];
