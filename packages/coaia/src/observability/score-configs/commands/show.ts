/** `coaia fuse score-configs show`: a score config with what it accepts. */
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { createConfigFinder } from '../config-finder.ts';
import { renderRequirement } from '../requirement.ts';
import { unknownConfig } from '../unknown-config.ts';

export const command = defineCommand({
  words: 'fuse score-configs show',
  summary: 'Show a score config and the values it accepts',
  description:
    'A config of a server is read from the local cache while that is younger than 24 hours; the JSON then has cached_at.',
  needs: scoresApi,
  positionals: [{ name: 'nameOrId', summary: 'Name or id', required: true }],
  options: {
    requirements: { type: 'boolean', summary: 'Only the accepted values', compat: true },
    'no-cache': { type: 'boolean', summary: 'Ask the server, not the local cache' },
  },
  examples: [
    'coaia fuse score-configs show Helpfulness --requirements',
    'coaia fuse scc show Quality --json',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const api = await context.open();
    const finder = createConfigFinder(context, api, { skipCache: options['no-cache'] === true });
    const config = await finder.find(args.nameOrId);
    if (config === undefined) throw await unknownConfig(finder, args.nameOrId);
    if (flags.json) {
      out.json(config);
      return;
    }
    if (options.requirements !== true) {
      out.line(
        `${out.style('bold', config.name)} (${config.dataType}${config.isArchived ? ', archived' : ''})`,
      );
      out.line(`id           ${config.id}`);
      if (config.description) out.line(`description  ${config.description}`);
    }
    out.line(`accepts      ${renderRequirement(config)}`);
    if (config.dataType !== 'CATEGORICAL') return;
    for (const { label, value } of config.categories ?? []) out.line(`  ${value}  ${label}`);
  },
});
