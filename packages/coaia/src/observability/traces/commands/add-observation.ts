/** `coaia fuse traces add-observation`: one span, generation, event or other step of a trace. */
import { createObservationId, systemClock } from '#base';
import { findTraceEnvironment } from '#config';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { exportOptions, printResult } from '../../terminal/export-options.ts';
import {
  observationOptions,
  readObservationFields,
  toCreateEvent,
} from '../../terminal/observation-options.ts';
import { findTarget } from '../../terminal/observation-target.ts';
import { OBSERVATION_TYPES } from '../../terminal/observation-types.ts';
import { sendEvents } from '../../terminal/send-events.ts';
import { parseTimeArgument } from '../time-argument.ts';

export const command = defineCommand({
  words: 'fuse traces add-observation',
  summary: 'Add a step to a trace',
  description:
    'One id is the trace. With two, the trace comes first; the other order is recognised by COAIA_TRACE_ID or by asking the server. Without an id COAIA_TRACE_ID is used.',
  needs: observabilityApi,
  positionals: [
    { name: 'traceId', summary: 'Id of the trace (default COAIA_TRACE_ID)' },
    { name: 'observationId', summary: 'Id of the new observation (default: a new one)' },
  ],
  options: {
    type: {
      type: 'string',
      short: 't',
      choices: OBSERVATION_TYPES,
      placeholder: 'TYPE',
      default: 'EVENT',
      shorthands: { te: 'EVENT', ts: 'SPAN', tg: 'GENERATION' },
      summary:
        'EVENT, SPAN, GENERATION, AGENT, TOOL, CHAIN, RETRIEVER, EVALUATOR, EMBEDDING, GUARDRAIL',
      compat: true,
    },
    parent: {
      type: 'string',
      short: 'p',
      placeholder: 'ID',
      summary: 'Parent observation',
      compat: true,
    },
    'start-time': {
      type: 'string',
      placeholder: 'TIME',
      summary: 'Start (default now)',
      compat: true,
    },
    ...observationOptions,
    ...exportOptions,
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'The trace, whatever the order' },
    'observation-id': {
      type: 'string',
      aliases: ['id'],
      placeholder: 'ID',
      summary: 'The observation, whatever the order',
    },
  },
  examples: [
    'coaia fuse traces add-observation "$COAIA_TRACE_ID" -ts -n load --start-time -5s --end-time now',
    'coaia fuse traces add-obs -tg -n answer --model gpt-4o-mini --usage \'{"input": 9, "output": 4}\'',
  ],
  async run(context, { options, args }) {
    const start = options['start-time'];
    const startTime =
      start === undefined
        ? undefined
        : parseTimeArgument(start, { now: systemClock(), zone: options.tz });
    const { env, cwd, flags } = context;
    const environment =
      options.environment ?? findTraceEnvironment({ env, cwd, profile: flags.profile });
    const fields = await readObservationFields({ ...options, environment }, context);
    const current = context.env['COAIA_TRACE_ID'] || undefined;
    const target = await findTarget(
      {
        positionals: [args.traceId, args.observationId].filter((id) => id !== undefined),
        traceId: options['trace-id'],
        observationId: options['observation-id'],
        current,
      },
      () => openApi(context),
    );
    if (target.isSwapped) {
      context.out.notice(
        `Order of ids: ${target.traceId} is the trace, ${target.observationId} the observation.`,
      );
    }
    const { traceId } = target;
    const id = target.observationId ?? createObservationId();
    // The surrounding span is the parent, but only inside the trace it belongs to.
    const around =
      traceId === current ? context.env['COAIA_PARENT_OBSERVATION_ID'] || undefined : undefined;
    const parent = options.parent ?? (around === id ? undefined : around);
    const event = toCreateEvent({
      id,
      traceId,
      type: options.type,
      startTime,
      parentObservationId: parent,
      fields,
    });
    const report = await sendEvents(await openApi(context), traceId, [event]);
    printResult(context, options, report, [
      ['COAIA_TRACE_ID', traceId],
      ['COAIA_LAST_OBSERVATION_ID', id],
      ...(options.parent === undefined
        ? []
        : [['COAIA_PARENT_OBSERVATION_ID', options.parent] as const]),
    ]);
  },
});
