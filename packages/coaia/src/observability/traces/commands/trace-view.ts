/** `coaia fuse traces trace-view`: one trace with all of its observations. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { findTraceId } from '../../terminal/find-trace.ts';
import { readWithin, waitOption } from '../../terminal/read-within.ts';
import { renderTree } from '../../terminal/tree-lines.ts';

export const command = defineCommand({
  words: 'fuse traces trace-view',
  summary: 'Show a trace and the tree of its observations',
  description: 'With --json the trace as the API has it, observations in full.',
  needs: observabilityApi,
  positionals: [{ name: 'traceId', summary: 'Id of the trace, or @last', required: true }],
  options: {
    ascii: { type: 'boolean', summary: 'Only ASCII characters' },
    depth: { type: 'number', placeholder: 'N', summary: 'At most this many levels' },
    full: { type: 'boolean', summary: 'Inputs and outputs in full' },
    ...waitOption,
  },
  examples: ['coaia fuse traces trace-view "$COAIA_TRACE_ID"', 'coaia fuse traces tv @last --json'],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const api = await openApi(context);
    const id = await findTraceId(api, args.traceId);
    const trace = await readWithin(options.wait, context.signal, () => api.getTrace(id));
    if (flags.json) {
      out.json(trace);
      return;
    }
    const view = {
      isAscii: options.ascii === true,
      isFull: options.full === true,
      depth: options.depth,
    };
    for (const line of renderTree(trace, view, (kind, text) => out.style(kind, text)))
      out.line(line);
  },
});
