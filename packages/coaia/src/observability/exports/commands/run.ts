/** `coaia export run`: what is complete, now. */
import { defineCommand } from '#surface';
import { toCount } from '../../terminal/numbers.ts';
import { exportsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'export run',
  summary: 'Export every window that is complete now',
  description:
    'A window is complete 20 minutes after its end. Each is exported once; one that was cut off is written again under the same names.',
  needs: exportsApi,
  positionals: [],
  options: {
    windows: { type: 'number', placeholder: 'COUNT', summary: 'At most so many windows' },
  },
  examples: ['coaia export run', 'coaia export run --windows 1 --json'],
  async run({ open, out, flags }, { options }) {
    const { data: runs } = await (await open()).runExport(options.windows);
    if (flags.json) {
      out.json(runs);
      return;
    }
    for (const { files } of runs)
      for (const { name, rows } of files) out.line(`${name}  ${toCount(rows, 'record')}`);
    out.notice(
      runs.length === 0 ? 'Nothing is due.' : `Exported ${toCount(runs.length, 'window')}.`,
    );
  },
});
