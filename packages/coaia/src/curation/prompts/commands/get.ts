/** `coaia fuse prompts get`: one version. */
import { defineCommand } from '#surface';
import type { PromptGetOptions } from '@coaia/client';
import { promptsApi } from '../ports.ts';
import { LATEST, PRODUCTION } from '../prompt.ts';
import { fillVariables } from '../template.ts';
import { compatOptions } from './options.ts';
import { parseVariables } from './read-content.ts';
import { renderPrompt, toEscaped, toPlainText } from './text-view.ts';

export const command = defineCommand({
  words: 'fuse prompts get',
  summary: 'Show a prompt',
  description: 'The newest version, unless a label or a version is named.',
  needs: promptsApi,
  positionals: [{ name: 'name', summary: 'Name of the prompt', required: true }],
  options: {
    ...compatOptions,
    label: { type: 'string', summary: 'The version with this label', compat: true },
    prod: { type: 'boolean', summary: 'The version labelled production', compat: true },
    'content-only': { type: 'boolean', short: 'c', summary: 'Only the text', compat: true },
    escaped: {
      type: 'boolean',
      short: 'e',
      summary: 'Only the text, as a JSON string in ASCII',
      compat: true,
    },
    version: { type: 'number', placeholder: 'N', summary: 'The version with this number' },
    raw: { type: 'boolean', summary: 'As written: what it includes is not put in' },
    resolve: { type: 'boolean', summary: 'With what it includes put in; the default' },
    compile: { type: 'boolean', summary: 'Put the values of --var in' },
    var: {
      type: 'string',
      placeholder: 'KEY=VALUE',
      repeatable: true,
      summary: 'Value of a variable; may be given several times',
    },
  },
  examples: [
    'coaia fuse prompts get greet --prod -c',
    'coaia prompts get team/mail --version 3 --json',
    'coaia prompts get greet -c --var name=Ada',
  ],
  async run({ open, out, flags }, { options, args }) {
    const values = parseVariables(options.var ?? []);
    const api = await open();
    const found = await api.getPrompt(args.name, toSelection(options));
    const prompt =
      options.var === undefined ? found : { ...found, prompt: fillVariables(found.prompt, values) };
    if (options.escaped === true) out.line(toEscaped(toPlainText(prompt.prompt)));
    else if (options['content-only'] === true) out.line(toPlainText(prompt.prompt));
    else if (flags.json) out.json(prompt);
    else for (const line of renderPrompt(prompt, (text) => out.style('bold', text))) out.line(line);
  },
});

function toSelection(options: {
  readonly version: number | undefined;
  readonly label: string | undefined;
  readonly prod: boolean | undefined;
  readonly raw: boolean | undefined;
  readonly resolve: boolean | undefined;
}): PromptGetOptions {
  const raw = options.raw === true || options.resolve === false ? { resolve: false } : {};
  const { version, label, prod } = options;
  if (version !== undefined) return { version, ...(label === undefined ? {} : { label }), ...raw };
  return { label: label ?? (prod === true ? PRODUCTION : LATEST), ...raw };
}
