/** `coaia fuse traces session-view`: the traces of one session, oldest first. */
import { notFound } from '#base';
import { defineCommand } from '#surface';
import type { TraceListItem } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { toCount, toDuration, toMoney, toOneLine } from '../../terminal/numbers.ts';
import { readWithin, waitOption } from '../../terminal/read-within.ts';
import { readTraces } from '../../terminal/trace-filters.ts';
import { readObservationsOf } from '../../terminal/trace-observations.ts';
import type { TraceWithObservations } from '../../terminal/trace-observations.ts';

export const command = defineCommand({
  words: 'fuse traces session-view',
  summary: 'Show the traces of a session',
  needs: observabilityApi,
  positionals: [{ name: 'sessionId', summary: 'Id of the session (default COAIA_SESSION_ID)' }],
  options: {
    'include-observations': { type: 'boolean', summary: 'With the observations of every trace' },
    ...waitOption,
  },
  examples: ['coaia fuse traces session-view chat-7', 'coaia fuse traces sv chat-7 --json'],
  async run(context, { options, args }) {
    const { out, flags, env } = context;
    const sessionId = args.sessionId ?? (env['COAIA_SESSION_ID'] || '');
    const api = await openApi(context);
    const pages = { 'order-by': 'timestamp.asc', page: undefined, limit: undefined, all: true };
    const found = await readWithin(options.wait, context.signal, async () => {
      const listed = await readTraces(api, { sessionId }, pages);
      if (listed.length === 0) throw notFound('Session', sessionId, 'coaia fuse traces list');
      return listed;
    });
    const traces =
      options['include-observations'] === true ? await readObservationsOf(api, found) : found;
    if (flags.json) {
      out.json(traces);
      return;
    }
    out.line(`${out.style('bold', sessionId)}  ${toCount(traces.length, 'trace')}`);
    for (const trace of traces) for (const line of renderTurn(trace, out.width)) out.line(line);
  },
});

function renderTurn(
  trace: TraceListItem | TraceWithObservations,
  width: number,
): readonly string[] {
  const facts = [
    trace.timestamp,
    trace.latency > 0 ? toDuration(trace.latency * 1000) : undefined,
    toCount(trace.observations.length, 'observation'),
    trace.totalCost > 0 ? toMoney(trace.totalCost) : undefined,
  ].filter((fact) => fact !== undefined);
  const values: readonly (readonly [string, unknown])[] = [
    ['input', trace.input],
    ['output', trace.output],
  ];
  return [
    '',
    `${trace.name ?? '(no name)'} (${trace.id})`,
    `  ${facts.join('  ')}`,
    ...values.flatMap(([label, value]) =>
      value === null || value === undefined
        ? []
        : [`  ${label.padEnd(8)}${toOneLine(value, width - 10)}`],
    ),
  ];
}
