/** `coaia p`: a model works on a text as a tag says. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { Column } from '#surface';
import { textApi } from '../api.ts';
import { chooseModel } from '../choose-model.ts';
import { textErrors } from '../errors.ts';
import { readText } from '../read-text.ts';
import { findTag, listTags } from '../tags/tag.ts';
import type { ListedTag, Tag } from '../tags/tag.ts';
import { toMessages } from '../tags/to-messages.ts';
import { answerOptions, openStream, showAnswer, toTrace } from './answer-output.ts';

export const command = defineCommand({
  words: 'p',
  summary: 'Let a model work on a text as a tag says',
  description:
    'A tag is a named instruction: one of the twelve that come with the program, `<tag>_instruction` in coaia.json, or a stored prompt (`<tag>_prompt`). `<tag>_temperature`, `<tag>_model` and `<tag>_provider` say how. The text is a file, the second word, or stdin. An unknown tag is answered as well, which stderr tells; --strict refuses it.',
  needs: textApi,
  positionals: [
    { name: 'tag', summary: 'Name of the tag' },
    { name: 'text', summary: 'Text to work on; - reads stdin' },
  ],
  options: {
    file: {
      type: 'string',
      short: 'F',
      placeholder: 'PATH',
      summary: 'Read this file; - reads stdin',
      compat: true,
    },
    list: { type: 'boolean', summary: 'List the tags' },
    strict: { type: 'boolean', summary: 'Refuse a tag that nobody has defined' },
    ...answerOptions,
  },
  examples: [
    'coaia p --list',
    'coaia p dictkore "we meet on Monday no sorry on Tuesday"',
    'coaia p faction -F notes.txt -O actions.txt',
  ],
  async run(context, { args, options }) {
    const { out, flags } = context;
    if (options.list === true) {
      const tags = listTags((await context.open()).records);
      if (flags.json) out.json(tags);
      else out.table('tags', tags, COLUMNS);
      return;
    }
    if (args.tag === undefined) throw invalidRequest('Which tag?', undefined, 'coaia p --list');
    const source = { file: options.file, word: args.text, mayBeFile: false };
    const text = await readText(context, source);
    const api = await context.open();
    const tag = findTag(args.tag, api.records);
    if (!tag.isKnown) tellUnknown(tag, options.strict === true, (line) => out.notice(line));
    const chosen = await chooseModel(api, tag, options);
    const { messages, prompt } = await toMessages(api, tag, text);
    const about = toTrace(context, `p ${tag.name}`, { command: 'p', tag: tag.name });
    const trace = prompt === undefined ? about : { ...about, prompt };
    const stream = openStream(context, options.output);
    const answer = await api
      .ask({ ...chosen, messages, trace, signal: context.signal }, stream?.onText)
      .finally(() => stream?.end());
    const isShown = stream !== undefined;
    await showAnswer(context, answer, {
      output: options.output,
      isShown,
      extra: { tag: tag.name },
    });
  },
});

function tellUnknown({ name }: Tag, isStrict: boolean, notice: (line: string) => void): void {
  const sentence = `Nobody has defined the tag ${name}`;
  if (isStrict) throw textErrors.create('COAIA-6003', `${sentence}.`, { hint: 'coaia p --list' });
  notice(`${sentence}; a general instruction is used.`);
}

const COLUMNS: readonly Column<ListedTag>[] = [
  { header: 'Tag', value: ({ tag }) => tag },
  { header: 'From', value: ({ source }) => source, drop: 1 },
  { header: 'What it does', value: ({ summary }) => summary },
];
