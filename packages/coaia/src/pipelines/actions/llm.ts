/** `llm`: one question to a model. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { askModel, modelFields, toChatMessages, toPlainText } from './ask-model.ts';
import { actionPorts } from './ports.ts';
import { runFailures } from '../runs/errors.ts';

export const action = defineAction({
  name: 'llm',
  summary: 'Ask a model; the output is its answer',
  needs: actionPorts,
  observationType: 'GENERATION',
  input: z.strictObject({
    ...modelFields,
    prompt: z.unknown().optional(),
    system: z.string().optional(),
    messages: z.array(z.unknown()).optional(),
  }),
  async run(ports, context, { prompt, system, messages, ...input }) {
    if (messages === undefined && toPlainText(prompt).trim() === '')
      throw runFailures.create('COAIA-5101', 'The action llm needs "prompt" or "messages".');
    const asked = [
      ...(system === undefined || system === '' ? [] : [{ role: 'system', content: system }]),
      ...(messages ?? []),
      ...(prompt === undefined ? [] : [{ role: 'user', content: toPlainText(prompt) }]),
    ];
    return askModel(ports, context, { input, messages: toChatMessages(asked) });
  },
});
