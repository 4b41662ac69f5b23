/** `coaia pipeline runs approve`: a person says yes. */
import { defineCommand } from '#surface';
import { answerOptions, answerPositionals, sendAnswer } from '../send-answer.ts';
import { pipelineRunsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'pipeline runs approve',
  summary: 'Let a run go on that waits for a person',
  needs: pipelineRunsApi,
  positionals: answerPositionals,
  options: answerOptions,
  examples: ['coaia pipeline runs approve 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e review'],
  run: (context, { args, options }) => sendAnswer(context, { ...args, ...options, approved: true }),
});
