/** `coaia fuse traces update`: changes the fields that are given. */
import { invalidRequest, notFound } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { findKnownTraces } from '../../terminal/known-traces.ts';
import { createEvent, printReport, sendEvents, toGiven } from '../../terminal/send-events.ts';
import { readTraceFields, traceFieldOptions } from '../../terminal/trace-fields.ts';

export const command = defineCommand({
  words: 'fuse traces update',
  summary: 'Change fields of a trace',
  description: 'Only what is given changes. Tags are added, metadata is merged, the time stays.',
  needs: observabilityApi,
  positionals: [{ name: 'traceId', summary: 'Id of the trace', required: true }],
  options: traceFieldOptions,
  examples: ['coaia fuse traces update "$COAIA_TRACE_ID" --name checkout --tags reviewed'],
  async run(context, { options, args }) {
    const id = args.traceId;
    const fields = toGiven(await readTraceFields(options, context));
    if (Object.keys(fields).length === 0) {
      throw invalidRequest(
        'Nothing to change is given.',
        undefined,
        'coaia fuse traces update --help',
      );
    }
    const api = await openApi(context);
    if (!(await findKnownTraces(api, [id])).has(id))
      throw notFound('Trace', id, 'coaia fuse traces list');
    printReport(
      context.out,
      await sendEvents(api, id, [createEvent('trace-create', { id, ...fields })]),
    );
  },
});
