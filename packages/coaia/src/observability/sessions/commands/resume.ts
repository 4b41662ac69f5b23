/** `coaia fuse sessions resume`: variables that let a script go on where a session stopped. */
import { EXPORT_FORMATS, notFound, renderExports } from '#base';
import type { ExportFormat, Variables } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';

export const command = defineCommand({
  words: 'fuse sessions resume',
  summary: 'Print the variables of the last trace and observation of a session',
  description:
    'Sets COAIA_SESSION_ID, COAIA_TRACE_ID, COAIA_LAST_OBSERVATION_ID and COAIA_USER_ID, as far as they exist.',
  needs: observabilityApi,
  positionals: [{ name: 'sessionId', summary: 'Id of the session', required: true }],
  options: {
    'export-env': { type: 'boolean', summary: 'The default; accepted for symmetry' },
    'export-format': {
      type: 'string',
      choices: EXPORT_FORMATS,
      default: 'sh',
      placeholder: 'FORMAT',
      summary: 'Form of the lines',
    },
  },
  examples: ['eval "$(coaia fuse sessions resume chat-7)"'],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const { sessionId } = args;
    const api = await openApi(context);
    const { traces } = await api.getSession(sessionId);
    const trace = findLast(traces, ({ timestamp }) => timestamp);
    if (trace === undefined) throw notFound('Trace of session', sessionId);
    const { observations } = await api.getTrace(trace.id);
    const observation = findLast(observations, ({ startTime }) => startTime);
    const variables: Variables = [
      ['COAIA_SESSION_ID', sessionId],
      ['COAIA_TRACE_ID', trace.id],
      ...(observation === undefined
        ? []
        : [['COAIA_LAST_OBSERVATION_ID', observation.id] as const]),
      ...(trace.userId === null ? [] : [['COAIA_USER_ID', trace.userId] as const]),
    ];
    const format = flags.json ? 'json' : (options['export-format'] as ExportFormat);
    out.exported(variables);
    out.line(renderExports(format, variables));
  },
});

/** The item with the greatest time; of equal ones the later in the list. */
function findLast<T>(items: readonly T[], toTime: (item: T) => string): T | undefined {
  let last: T | undefined;
  for (const item of items) if (last === undefined || toTime(item) >= toTime(last)) last = item;
  return last;
}
