/** `coaia spool send`: delivers what waits. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { toCount } from '../../terminal/numbers.ts';
import { findDestination } from '../destination.ts';
import { sendSpool } from '../spool.ts';

export const command = defineCommand({
  words: 'spool send',
  summary: 'Deliver recordings that wait',
  needs: observabilityApi,
  positionals: [],
  options: {},
  examples: ['coaia spool send'],
  async run(context) {
    const { out, flags } = context;
    const { spool, name } = await findDestination(context);
    const api = await context.open();
    const result =
      spool === undefined ? { sent: 0, refused: 0, waiting: 0 } : await sendSpool(spool, name, api);
    if (flags.json) out.json(result);
    else out.confirm(`Delivered ${toCount(result.sent, 'event')} to ${name}.`);
    if (result.waiting > 0)
      out.notice(`${toCount(result.waiting, 'recording')} for another server: coaia spool list`);
    if (result.refused === 0) return EXIT.done;
    out.notice(`${toCount(result.refused, 'event')} refused; the files are kept as .refused.`);
    return result.sent === 0 ? EXIT.failed : EXIT.partial;
  },
});
