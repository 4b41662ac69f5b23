import { EXIT } from '#base';
import { checkDatabase } from '#store';
import { defineCommand } from '#surface';
import { findStore } from './store-location.ts';

export const command = defineCommand({
  words: 'db check',
  summary: 'Look for damage and for totals that do not fit',
  description:
    'Checks pages and keys, compares the kept counters with the rows and the sums of every trace with its observations. Exit 0 when nothing is wrong, 1 with findings. Works while a server runs.',
  positionals: [],
  options: {
    deep: { type: 'boolean', summary: 'Also compare every index with its table (slower)' },
    repair: { type: 'boolean', summary: 'Count totals and sums of traces anew' },
  },
  examples: ['coaia db check', 'coaia db check --deep', 'coaia db check --repair'],
  run: async (context, { options }) => {
    const { location } = findStore(context);
    const result = await checkDatabase(location, {
      deep: options.deep === true,
      repair: options.repair === true,
    });
    const { out, flags } = context;
    if (flags.json) out.json(result);
    else {
      for (const finding of result.findings) out.line(`${finding.kind}: ${finding.text}`);
      if (result.findings.length === 0) out.confirm('The store is sound.');
      else if (result.repaired > 0) out.confirm(`Repaired: ${result.repaired} rows written anew.`);
      else if (result.findings.some((finding) => finding.repairable)) {
        out.notice('Put totals and sums right with: coaia db check --repair');
      }
      if (result.remaining.some((finding) => !finding.repairable)) {
        out.notice('Damaged pages cannot be repaired; restore a backup: coaia db restore FILE');
      }
    }
    return result.remaining.length === 0 ? EXIT.done : EXIT.failed;
  },
});
