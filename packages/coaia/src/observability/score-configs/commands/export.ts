/** `coaia fuse score-configs export`: all score configs as a file. */
import { resolve } from 'node:path';
import { systemClock, toIso } from '#base';
import { writeWholeFile } from '#config';
import { defineCommand } from '#surface';
import { scoresApi } from '../../ports.ts';
import { toCount } from '../../terminal/numbers.ts';
import { listAllConfigs } from '../list-all.ts';
import { toTransfer } from '../transfer-file.ts';

export const command = defineCommand({
  words: 'fuse score-configs export',
  summary: 'Write all score configs as JSON, to a file or stdout',
  needs: scoresApi,
  positionals: [],
  options: {
    output: {
      type: 'string',
      short: 'o',
      placeholder: 'FILE',
      summary: 'File to write',
      compat: true,
    },
    metadata: {
      type: 'boolean',
      default: true,
      summary: 'With ids, times and project (--no-metadata leaves them out)',
      compat: true,
    },
  },
  examples: ['coaia fuse score-configs export -o score-configs.json --no-metadata'],
  async run(context, { options }) {
    const configs = await listAllConfigs(await context.open());
    const exportedAt = toIso(systemClock());
    const transfer = toTransfer(configs, { exportedAt, withMetadata: options.metadata });
    if (options.output === undefined) {
      context.out.json(transfer);
      return;
    }
    const path = resolve(context.cwd, options.output);
    writeWholeFile(path, `${JSON.stringify(transfer, null, 2)}\n`);
    context.out.confirm(`Exported ${toCount(configs.length, 'score config')} to ${path}.`);
  },
});
