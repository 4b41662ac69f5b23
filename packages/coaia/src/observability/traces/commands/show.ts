/** `coaia traces show`: one trace as a tree or a waterfall. */
import { systemClock } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { findTraceId } from '../../terminal/find-trace.ts';
import { renderTimeline } from '../../terminal/timeline-lines.ts';
import { renderTree } from '../../terminal/tree-lines.ts';

export const command = defineCommand({
  words: 'traces show',
  summary: 'Show a trace as a tree or a waterfall',
  needs: observabilityApi,
  positionals: [{ name: 'traceId', summary: 'Id, @last or @last:NAME (default @last)' }],
  options: {
    timeline: { type: 'boolean', summary: 'Bars over time instead of details' },
    ascii: { type: 'boolean', summary: 'Only ASCII characters' },
    depth: { type: 'number', placeholder: 'N', summary: 'At most this many levels of the tree' },
    full: { type: 'boolean', summary: 'Inputs and outputs in full' },
  },
  examples: [
    'coaia traces show @last --timeline',
    'coaia traces show 4bf92f3577b34da6a3ce929d0e0e4736 --json',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const api = await openApi(context);
    const trace = await api.getTrace(await findTraceId(api, args.traceId ?? '@last'));
    if (flags.json) {
      out.json(trace);
      return;
    }
    const isAscii = options.ascii === true;
    const style: typeof out.style = (kind, text) => out.style(kind, text);
    const lines =
      options.timeline === true
        ? renderTimeline(trace, { isAscii, width: out.width, now: systemClock() }, style)
        : renderTree(
            trace,
            { isAscii, isFull: options.full === true, depth: options.depth },
            style,
          );
    for (const line of lines) out.line(line);
  },
});
