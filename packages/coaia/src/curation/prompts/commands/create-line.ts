/** `coaia prompts create`: a new version; prints one line about it. */
import { defineCommand } from '#surface';
import type { Prompt, PromptsApi } from '@coaia/client';
import { promptsApi } from '../ports.ts';
import { PRODUCTION } from '../prompt.ts';
import { createOptions, createPositionals, createVersion, findPrompt } from './make-version.ts';

export const command = defineCommand({
  words: 'prompts create',
  summary: 'Add a version to a prompt',
  needs: promptsApi,
  positionals: createPositionals,
  options: createOptions,
  examples: [
    "coaia prompts create greet --text 'Hello {{name}}' --label production",
    'coaia prompts create team/mail -f mail.txt --if-changed',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const { prompt, isNew } = await createVersion(context, options, args);
    if (!isNew) out.notice(`${prompt.name} v${prompt.version} is the same; nothing was made.`);
    if (flags.json) out.json(prompt);
    else out.line(await toLine(await context.open(), prompt));
  },
});

/** `greet v2  labels: latest   (production stays on v1)`. */
async function toLine(api: PromptsApi, prompt: Prompt): Promise<string> {
  const line = `${prompt.name} v${prompt.version}  labels: ${prompt.labels.join(', ')}`;
  if (prompt.version === 1 || prompt.labels.includes(PRODUCTION)) return line;
  const active = await findPrompt(api, prompt.name, { label: PRODUCTION, resolve: false });
  return active === undefined ? line : `${line}   (${PRODUCTION} stays on v${active.version})`;
}
