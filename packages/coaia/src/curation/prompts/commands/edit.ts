/** `coaia fuse prompts edit`: the newest version in an editor, saved as the next one. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { PromptContent } from '@coaia/client';
import { promptsApi } from '../ports.ts';
import { LATEST } from '../prompt.ts';
import { compatOptions, toGivenLabels, versionOptions } from './options.ts';
import { parseContent, readJsonOption } from './read-content.ts';
import { runEditor } from './run-editor.ts';

export const command = defineCommand({
  words: 'fuse prompts edit',
  summary: 'Edit a prompt in your editor and save it as a new version',
  description: 'The program in VISUAL or EDITOR is used. Nothing is made when nothing changed.',
  needs: promptsApi,
  positionals: [{ name: 'name', summary: 'Name of the prompt', required: true }],
  options: {
    ...compatOptions,
    ...versionOptions,
    version: { type: 'number', placeholder: 'N', summary: 'Begin with this version' },
  },
  examples: ['coaia prompts edit greet --commit-message shorter --label staging'],
  async run(context, { options, args }) {
    const { out, flags, env } = context;
    const api = await context.open();
    const { version } = options;
    const old = await api.getPrompt(args.name, {
      ...(version === undefined ? { label: LATEST } : { version }),
      resolve: false,
    });
    const config = readJsonOption('--config', options.config, context.cwd);
    const before = toFileText(old.prompt);
    const after = await runEditor(env, before, old.type === 'text' ? 'txt' : 'json');
    if (after === before && config === undefined) {
      out.notice('Nothing changed, so no version was made.');
      return EXIT.done;
    }
    const labels = toGivenLabels(options);
    const prompt = await api.createPrompt({
      name: old.name,
      type: old.type,
      prompt: parseContent(old.type, after.replace(/\r?\n$/, '')),
      config: config ?? old.config,
      ...(labels === undefined ? {} : { labels }),
      ...(options.tags === undefined ? {} : { tags: options.tags }),
      ...(options['commit-message'] === undefined
        ? {}
        : { commitMessage: options['commit-message'] }),
    });
    if (flags.json) out.json(prompt);
    else out.line(`${prompt.name} v${prompt.version}  labels: ${prompt.labels.join(', ')}`);
    return EXIT.done;
  },
});

function toFileText(content: PromptContent): string {
  return `${typeof content === 'string' ? content : JSON.stringify(content, null, 2)}\n`;
}
