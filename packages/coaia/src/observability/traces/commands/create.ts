/** `coaia fuse traces create`: one trace. */
import { createTraceId, systemClock, toIso } from '#base';
import { findTraceEnvironment } from '#config';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { exportOptions, printResult } from '../../terminal/export-options.ts';
import { createEvent, sendEvents } from '../../terminal/send-events.ts';
import { readTraceFields, traceFieldOptions } from '../../terminal/trace-fields.ts';
import { parseTimeArgument } from '../time-argument.ts';

export const command = defineCommand({
  words: 'fuse traces create',
  summary: 'Create a trace, or add to one',
  description:
    'Without an id a W3C one (32 hex digits) is made. Session and user default to COAIA_SESSION_ID and COAIA_USER_ID.',
  needs: observabilityApi,
  positionals: [{ name: 'traceId', summary: 'Id of the trace; any text' }],
  options: {
    ...traceFieldOptions,
    ...exportOptions,
    'trace-id': { type: 'string', aliases: ['id'], summary: 'The same as the argument' },
    timestamp: { type: 'string', placeholder: 'TIME', summary: 'When it began (default now)' },
    tz: {
      type: 'string',
      placeholder: 'ZONE',
      summary: 'Zone of times that name none (default UTC)',
    },
  },
  examples: [
    'coaia fuse traces create -n checkout -u ada -i \'{"cart": 3}\' --tags shop test',
    'eval "$(coaia fuse traces create -n checkout --export-env)"',
  ],
  async run(context, { options, args }) {
    const { env, cwd, flags } = context;
    const id = options['trace-id'] ?? args.traceId ?? createTraceId();
    const now = systemClock();
    const timestamp =
      options.timestamp === undefined
        ? toIso(now)
        : parseTimeArgument(options.timestamp, { now, zone: options.tz });
    const session = options.session ?? (env['COAIA_SESSION_ID'] || undefined);
    const user = options.user ?? (env['COAIA_USER_ID'] || undefined);
    const environment =
      options.environment ?? findTraceEnvironment({ env, cwd, profile: flags.profile });
    const fields = await readTraceFields({ ...options, session, user, environment }, context);
    const event = createEvent('trace-create', { id, timestamp, ...fields }, now);
    const report = await sendEvents(await openApi(context), id, [event]);
    printResult(context, options, report, [
      ['COAIA_TRACE_ID', id],
      ...(options.session === undefined ? [] : [['COAIA_SESSION_ID', options.session] as const]),
      ...(options.user === undefined ? [] : [['COAIA_USER_ID', options.user] as const]),
    ]);
  },
});
