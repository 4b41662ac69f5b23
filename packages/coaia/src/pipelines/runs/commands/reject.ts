/** `coaia pipeline runs reject`: a person says no. */
import { defineCommand } from '#surface';
import { answerOptions, answerPositionals, sendAnswer } from '../send-answer.ts';
import { pipelineRunsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'pipeline runs reject',
  summary: 'Refuse what a run asks a person; the step fails',
  needs: pipelineRunsApi,
  positionals: answerPositionals,
  options: answerOptions,
  examples: ['coaia pipeline runs reject 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e review'],
  run: (context, { args, options }) =>
    sendAnswer(context, { ...args, ...options, approved: false }),
});
