/** `coaia fuse traces delete`: removes traces with their observations and scores. */
import { EXIT, notFound } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { findKnownTraces } from '../../terminal/known-traces.ts';
import { findTraceId } from '../../terminal/find-trace.ts';
import { toCount } from '../../terminal/numbers.ts';

export const command = defineCommand({
  words: 'fuse traces delete',
  summary: 'Delete traces, their observations and scores',
  needs: observabilityApi,
  positionals: [{ name: 'traceIds', summary: 'Ids, or @last', required: true, variadic: true }],
  options: {},
  examples: ['coaia fuse traces delete 4bf92f3577b34da6a3ce929d0e0e4736'],
  async run(context, { args }) {
    const { out, flags } = context;
    const api = await openApi(context);
    const given = await Promise.all(args.traceIds.map((id) => findTraceId(api, id)));
    const ids = [...new Set(given)];
    const known = await findKnownTraces(api, ids);
    const missing = ids.filter((id) => !known.has(id));
    const deleted = ids.filter((id) => known.has(id));
    if (deleted.length === 0) throw notFound('Trace', missing.join(', '), 'coaia fuse traces list');
    await api.deleteTraces(deleted);
    if (flags.json) out.json({ deleted, missing });
    else out.confirm(`Deleted ${toCount(deleted.length, 'trace')}.`);
    if (missing.length === 0) return EXIT.done;
    out.notice(`Not found: ${missing.join(', ')}.`);
    return EXIT.partial;
  },
});
