/** `action: summarize`. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { textPorts } from '../api.ts';
import { chooseModel } from '../choose-model.ts';
import { STYLES, toInstruction } from '../summaries/instruction.ts';
import { summarize } from '../summaries/summarize.ts';
import { findTag } from '../tags/tag.ts';
import { toStepTrace } from './step-trace.ts';

const input = z.object({
  text: z.string().min(1),
  style: z.enum(STYLES).optional(),
  max_words: z.coerce.number().int().positive().optional(),
  language: z.string().optional(),
  model: z.string().optional(),
  connection: z.string().optional(),
  temperature: z.coerce.number().optional(),
});

export const action = defineAction({
  name: 'summarize',
  summary: 'Summarize a text of any length',
  needs: textPorts,
  input,
  observationType: 'SPAN',
  async run(ports, context, given) {
    const api = await ports.open(context.scope);
    const { text, style, max_words: maxWords, language, connection, ...wish } = given;
    const tag = findTag('summarizer', api.records);
    const chosen = await chooseModel(api, tag, { ...wish, provider: connection });
    const notes: string[] = [];
    const { answer, parts, calls } = await summarize(api, {
      text,
      instruction: toInstruction(api.records, { style, maxWords, language }),
      chosen,
      trace: toStepTrace(context, 'summarize'),
      signal: context.signal,
      onNotice: (sentence) => notes.push(sentence),
    });
    return { output: answer.content, metadata: { parts, calls, notes } };
  },
});
