/** `action: process`: a model works on a text as a tag says. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { textPorts } from '../api.ts';
import { chooseModel } from '../choose-model.ts';
import { textErrors } from '../errors.ts';
import { findTag } from '../tags/tag.ts';
import { toMessages } from '../tags/to-messages.ts';
import { toStepTrace } from './step-trace.ts';

const input = z.object({
  tag: z.string().min(1),
  text: z.string().min(1),
  model: z.string().optional(),
  connection: z.string().optional(),
  temperature: z.coerce.number().optional(),
});

export const action = defineAction({
  name: 'process',
  summary: 'Let a model work on a text as a tag says',
  needs: textPorts,
  input,
  observationType: 'SPAN',
  async run(ports, context, { connection, tag: name, text, ...wish }) {
    const api = await ports.open(context.scope);
    const tag = findTag(name, api.records);
    if (!tag.isKnown)
      throw textErrors.create('COAIA-6003', `Nobody has defined the tag ${name}.`, {
        hint: 'coaia p --list',
      });
    const chosen = await chooseModel(api, tag, { ...wish, provider: connection });
    const { messages, prompt } = await toMessages(api, tag, text);
    const about = toStepTrace(context, `p ${name}`);
    const trace = prompt === undefined ? about : { ...about, prompt };
    const answer = await api.ask({ ...chosen, messages, trace, signal: context.signal });
    return { output: answer.content, metadata: { tag: name } };
  },
});
