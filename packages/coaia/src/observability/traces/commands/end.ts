/** `coaia fuse traces end`: ends an observation, and sets what is known by then. */
import { systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { observationOptions, readObservationFields } from '../../terminal/observation-options.ts';
import { printReport, sendEvents } from '../../terminal/send-events.ts';
import { toUpdateEvent } from '../../terminal/update-event.ts';

export const command = defineCommand({
  words: 'fuse traces end',
  summary: 'End an observation',
  description:
    'Only what is given changes, besides the end, which is now unless --end-time says otherwise.',
  needs: observabilityApi,
  positionals: [
    { name: 'observationId', summary: 'Id of the observation (default COAIA_LAST_OBSERVATION_ID)' },
  ],
  options: observationOptions,
  examples: ['coaia fuse traces end "$COAIA_LAST_OBSERVATION_ID" -o \'{"rows": 12}\''],
  async run(context, { options, args }) {
    const fields = await readObservationFields(options, context);
    const endTime = fields['endTime'] ?? toIso(systemClock());
    const api = await openApi(context);
    const id = args.observationId ?? (context.env['COAIA_LAST_OBSERVATION_ID'] || '');
    const observation = await api.getObservation(id);
    const event = toUpdateEvent(observation, { ...fields, endTime });
    printReport(context.out, await sendEvents(api, observation.traceId ?? '', [event]));
  },
});
