/** `coaia fuse sessions view`: the session file, or a session by its id. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { EMPTY_SESSION, readSessionFile, toSessionYaml } from '../session-file.ts';

export const command = defineCommand({
  words: 'fuse sessions view',
  summary: 'Show the session file, or a session by its id',
  description:
    'Without an id: the content of the session file, empty when there is none. With an id: what the store or server has, in the same form; --json prints the whole session with its traces.',
  needs: observabilityApi,
  positionals: [{ name: 'sessionId', summary: 'Id of a session; the session file when absent' }],
  options: {
    file: {
      type: 'string',
      short: 'f',
      default: 'session.yml',
      placeholder: 'PATH',
      summary: 'The session file',
    },
  },
  examples: ['coaia fuse sessions view', 'coaia fuse sessions view chat-7 --json'],
  async run(context, { options, args }) {
    const { out, flags } = context;
    if (args.sessionId === undefined) {
      const file = (await readSessionFile(options.file, context.cwd)) ?? EMPTY_SESSION;
      if (flags.json) out.json(file);
      else out.raw(await toSessionYaml(file));
      return;
    }
    const session = await (await openApi(context)).getSession(args.sessionId);
    if (flags.json) {
      out.json(session);
      return;
    }
    const nodes = session.traces.map((trace) => ({ trace_id: trace.id, name: trace.name ?? '' }));
    out.raw(await toSessionYaml({ session_id: session.id, nodes }));
  },
});
