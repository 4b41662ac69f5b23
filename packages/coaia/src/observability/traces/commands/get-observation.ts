/** `coaia fuse traces get-observation`: one observation. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { toDuration, toMoney } from '../../terminal/numbers.ts';
import { findCost, findDuration, toStatus, toTokens } from '../../terminal/trace-facts.ts';

export const command = defineCommand({
  words: 'fuse traces get-observation',
  summary: 'Show one observation',
  needs: observabilityApi,
  positionals: [{ name: 'observationId', summary: 'Id of the observation', required: true }],
  options: {},
  examples: ['coaia fuse traces get-observation "$COAIA_LAST_OBSERVATION_ID" --json'],
  async run(context, { args }) {
    const { out, flags } = context;
    const observation = await (await openApi(context)).getObservation(args.observationId);
    if (flags.json) {
      out.json(observation);
      return;
    }
    const tokens = toTokens(observation);
    const cost = findCost(observation);
    const fields: readonly (readonly [string, unknown])[] = [
      ['id', observation.id],
      ['trace', observation.traceId],
      ['parent', observation.parentObservationId],
      ['status', toStatus(observation)],
      ['message', observation.statusMessage],
      ['start', observation.startTime],
      ['end', observation.endTime],
      ['duration', observation.endTime === null ? null : toDuration(findDuration(observation))],
      ['model', observation.model],
      ['tokens', tokens > 0 ? tokens : null],
      ['cost', cost === undefined ? null : toMoney(cost)],
      ['input', observation.input],
      ['output', observation.output],
      ['metadata', observation.metadata],
    ];
    out.line(`[${observation.type}] ${out.style('bold', observation.name ?? '(no name)')}`);
    for (const [label, value] of fields) {
      if (value !== null && value !== undefined)
        out.line(`  ${label.padEnd(10)}${renderValue(value)}`);
    }
  },
});

function renderValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
