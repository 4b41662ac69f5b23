/** `coaia fuse prompts create`: a new version; prints what the API answers. */
import { defineCommand } from '#surface';
import { promptsApi } from '../ports.ts';
import { createOptions, createPositionals, createVersion } from './make-version.ts';

export const command = defineCommand({
  words: 'fuse prompts create',
  summary: 'Add a version to a prompt; prints it as JSON',
  needs: promptsApi,
  positionals: createPositionals,
  options: createOptions,
  examples: [
    "coaia fuse prompts create greet 'Hello {{name}}' --labels production",
    'coaia fuse prompts create team/chat --type chat -f messages.json --commit-message "shorter"',
  ],
  async run(context, { options, args }) {
    const { prompt, isNew } = await createVersion(context, options, args);
    if (!isNew)
      context.out.notice(`${prompt.name} v${prompt.version} is the same; nothing was made.`);
    context.out.json(prompt);
  },
});
