/** `coaia fuse sessions get`: one session with its traces. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';

export const command = defineCommand({
  words: 'fuse sessions get',
  summary: 'Show a session with its traces as JSON',
  needs: observabilityApi,
  positionals: [{ name: 'sessionId', summary: 'Id of the session', required: true }],
  options: {},
  examples: ['coaia fuse sessions get chat-7'],
  async run(context, { args }) {
    context.out.json(await (await openApi(context)).getSession(args.sessionId));
  },
});
