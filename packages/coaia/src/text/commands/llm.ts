/** `coaia llm`: one question to the model of the settings. */
import { defineCommand } from '#surface';
import { textApi } from '../api.ts';
import { chooseModel } from '../choose-model.ts';
import { readText } from '../read-text.ts';
import { findTag } from '../tags/tag.ts';
import { answerOptions, openStream, showAnswer, toTrace } from './answer-output.ts';

export const command = defineCommand({
  words: 'llm',
  summary: 'Ask the model of your settings',
  description:
    'The first word is what you ask, the second what the model is told before. For stored prompts, variables and tools use `coaia models run` and `coaia run`.',
  needs: textApi,
  positionals: [
    { name: 'user', summary: 'What to ask; - reads stdin' },
    { name: 'system', summary: 'What the model is told first' },
  ],
  options: answerOptions,
  examples: ['coaia llm "Why is the sky blue?"', 'coaia llm "Why is the sky blue?" "Be short."'],
  async run(context, { args, options }) {
    const source = { file: undefined, word: args.user, mayBeFile: false };
    const text = await readText(context, source);
    const api = await context.open();
    const chosen = await chooseModel(api, findTag('llm', api.records), options);
    const told =
      args.system === undefined ? [] : [{ role: 'system', content: args.system } as const];
    const messages = [...told, { role: 'user', content: text } as const];
    const trace = toTrace(context, 'llm', { command: 'llm' });
    const stream = openStream(context, options.output);
    const answer = await api
      .ask({ ...chosen, messages, trace, signal: context.signal }, stream?.onText)
      .finally(() => stream?.end());
    const isShown = stream !== undefined;
    await showAnswer(context, answer, { output: options.output, isShown, extra: {} });
  },
});
