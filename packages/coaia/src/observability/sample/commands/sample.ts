/** `coaia sample`: loads or removes the sample traces. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { toCount } from '../../terminal/numbers.ts';
import { openApi } from '../../terminal/open-api.ts';
import { loadSample, removeSample } from '../sample.ts';

export const command = defineCommand({
  words: 'sample',
  summary: 'Load a small set of made-up traces, or remove it',
  description:
    'Every trace of it is named sample/..., tagged sample and marked in its metadata. Texts, token counts, costs and scores are invented. Loading again replaces it.',
  needs: observabilityApi,
  positionals: [],
  options: { remove: { type: 'boolean', summary: 'Remove the sample and nothing else' } },
  examples: ['coaia sample', 'coaia sample --remove'],
  async run(context, { options }) {
    const { out, flags } = context;
    const api = await openApi(context);
    const isRemoval = options.remove === true;
    const traceIds = isRemoval ? await removeSample(api) : await loadSample(api);
    if (flags.json) out.json({ traceIds });
    else if (isRemoval) out.confirm(`Removed ${toCount(traceIds.length, 'sample trace')}.`);
    else
      out.confirm(
        `Loaded ${toCount(traceIds.length, 'sample trace')}. Remove them with coaia sample --remove`,
      );
  },
});
