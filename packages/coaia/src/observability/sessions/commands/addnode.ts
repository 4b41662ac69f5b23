/** `coaia fuse sessions addnode`: one more trace in a session. */
import { systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { exportOptions, printResult } from '../../terminal/export-options.ts';
import { openApi } from '../../terminal/open-api.ts';
import { checkReport, createEvent, sendEvents } from '../../terminal/send-events.ts';
import { EMPTY_SESSION, readSessionFile, writeSessionFile } from '../session-file.ts';
import { findUserId } from '../session-user.ts';

export const command = defineCommand({
  words: 'fuse sessions addnode',
  summary: 'Add a trace to a session and to its session file',
  needs: observabilityApi,
  positionals: [
    { name: 'sessionId', summary: 'Id of the session', required: true },
    { name: 'traceId', summary: 'Id of the new trace; any text', required: true },
    { name: 'userId', summary: 'Whose trace it is; COAIA_USER_ID when absent' },
  ],
  options: {
    ...exportOptions,
    name: { type: 'string', short: 'n', default: 'Child Node', summary: 'Name of the trace' },
    file: {
      type: 'string',
      short: 'f',
      default: 'session.yml',
      placeholder: 'PATH',
      summary: 'The session file',
    },
  },
  examples: ['coaia fuse sessions addnode chat-7 chat-7-b ada -n "Second talk"'],
  async run(context, { options, args }) {
    const { sessionId, traceId } = args;
    const userId = findUserId(args.userId, context.env);
    // A file that cannot be read stops the command before anything is sent.
    const file = (await readSessionFile(options.file, context.cwd)) ?? EMPTY_SESSION;
    const now = systemClock();
    const event = createEvent(
      'trace-create',
      { id: traceId, sessionId, userId, name: options.name, timestamp: toIso(now) },
      now,
    );
    const report = await sendEvents(await openApi(context), traceId, [event]);
    checkReport(report);
    const others = file.nodes.filter((node) => node.trace_id !== traceId);
    if (file.session_id !== null && file.session_id !== sessionId)
      context.out.notice(
        `${options.file} is about session ${file.session_id}; the trace was added to its list.`,
      );
    await writeSessionFile(options.file, context.cwd, {
      session_id: file.session_id ?? sessionId,
      nodes: [...others, { trace_id: traceId, name: options.name }],
    });
    printResult(context, options, report, [
      ['COAIA_SESSION_ID', sessionId],
      ['COAIA_TRACE_ID', traceId],
      ['COAIA_USER_ID', userId],
    ]);
  },
});
