/** `coaia fuse sessions create`: a session, begun by a trace with its id. */
import { systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { exportOptions, printResult } from '../../terminal/export-options.ts';
import { openApi } from '../../terminal/open-api.ts';
import { checkReport, createEvent, sendEvents } from '../../terminal/send-events.ts';
import { writeSessionFile } from '../session-file.ts';
import { findUserId } from '../session-user.ts';

export const command = defineCommand({
  words: 'fuse sessions create',
  summary: 'Begin a session and its session file',
  description:
    'Makes a trace whose id is the id of the session, as CoAiAPy does, and writes session.yml in the working folder.',
  needs: observabilityApi,
  positionals: [
    { name: 'sessionId', summary: 'Id of the session; any text', required: true },
    { name: 'userId', summary: 'Whose session it is; COAIA_USER_ID when absent' },
  ],
  options: {
    ...exportOptions,
    name: { type: 'string', short: 'n', default: 'New Session', summary: 'Name of the trace' },
    file: {
      type: 'string',
      short: 'f',
      default: 'session.yml',
      placeholder: 'PATH',
      summary: 'The session file',
    },
  },
  examples: ['coaia fuse sessions create chat-7 ada -n "First talk"'],
  async run(context, { options, args }) {
    const { sessionId: id } = args;
    const userId = findUserId(args.userId, context.env);
    const now = systemClock();
    const event = createEvent(
      'trace-create',
      { id, sessionId: id, userId, name: options.name, timestamp: toIso(now) },
      now,
    );
    const report = await sendEvents(await openApi(context), id, [event]);
    checkReport(report);
    const nodes = [{ trace_id: id, name: options.name }];
    await writeSessionFile(options.file, context.cwd, { session_id: id, nodes });
    printResult(context, options, report, [
      ['COAIA_SESSION_ID', id],
      ['COAIA_TRACE_ID', id],
      ['COAIA_USER_ID', userId],
    ]);
  },
});
