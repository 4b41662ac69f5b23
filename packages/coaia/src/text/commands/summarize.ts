/** `coaia summarize`: a text of any length in short. */
import { defineCommand } from '#surface';
import { textApi } from '../api.ts';
import { chooseModel } from '../choose-model.ts';
import { readText } from '../read-text.ts';
import { STYLES, toInstruction } from '../summaries/instruction.ts';
import { summarize } from '../summaries/summarize.ts';
import { findTag } from '../tags/tag.ts';
import { answerOptions, checkCount, openStream, showAnswer, toTrace } from './answer-output.ts';

export const command = defineCommand({
  words: 'summarize',
  summary: 'Summarize a text of any length',
  description:
    'The word is a file when there is one of that name, else the text itself; without it stdin is read. A text that is too long for the model is cut into parts, which stderr tells. Model and server come from the settings openai_api_url, openai_api_key and model, or from a connection of the project. Each call is a trace.',
  needs: textApi,
  positionals: [{ name: 'text', summary: 'File or text; - reads stdin' }],
  options: {
    file: {
      type: 'string',
      short: 'F',
      placeholder: 'PATH',
      summary: 'Read this file; - reads stdin',
    },
    text: { type: 'string', placeholder: 'TEXT', summary: 'This text, whatever it looks like' },
    style: { type: 'string', choices: STYLES, summary: 'How it is written' },
    'max-words': { type: 'number', placeholder: 'N', summary: 'Longest summary in words' },
    language: {
      type: 'string',
      short: 'l',
      placeholder: 'NAME',
      summary: 'Language of the summary',
    },
    ...answerOptions,
  },
  examples: [
    'coaia summarize "A long story about the sea and the wind"',
    'coaia summarize notes.txt --style concise --max-words 80',
    'cat notes.txt | coaia s --language French -O summary.txt',
  ],
  async run(context, { args, options }) {
    const { file, text: given, style, language } = options;
    const maxWords = checkCount('max-words', options['max-words']);
    const source = { file, text: given, word: args.text, mayBeFile: true };
    const text = await readText(context, source);
    const api = await context.open();
    const chosen = await chooseModel(api, findTag('summarizer', api.records), options);
    const stream = openStream(context, options.output);
    const { answer, parts, calls, traceId } = await summarize(api, {
      text,
      instruction: toInstruction(api.records, { style, maxWords, language }),
      chosen,
      trace: toTrace(context, 'summarize', { command: 'summarize', style }),
      signal: context.signal,
      onNotice: (sentence) => context.out.notice(sentence),
      onText: stream?.onText,
    }).finally(() => stream?.end());
    const extra = { parts, calls };
    const shown = { ...answer, traceId };
    await showAnswer(context, shown, {
      output: options.output,
      isShown: stream !== undefined,
      extra,
    });
  },
});
