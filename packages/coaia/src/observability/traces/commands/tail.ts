/** `coaia traces tail`: new traces as they arrive. */
import { EXIT, systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import type { ObservabilityApi, TraceListItem, TraceQuery } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { filterOptions, readTracePages, toTraceQuery } from '../../terminal/trace-filters.ts';
import { toDuration, toOneLine } from '../../terminal/numbers.ts';

/** Traces may be stored some time after they began; older ones are not looked for. */
const LOOK_BACK_MS = 600_000;

export const command = defineCommand({
  words: 'fuse traces tail',
  summary: 'Show new traces as they arrive',
  description: 'Runs until Ctrl-C. With --json each trace is one line of JSON.',
  needs: observabilityApi,
  positionals: [],
  options: {
    ...filterOptions,
    interval: { type: 'number', placeholder: 'SECONDS', default: 1, summary: 'How often to look' },
    last: { type: 'number', placeholder: 'N', default: 0, summary: 'Begin with the newest N' },
  },
  examples: ['coaia traces tail', 'coaia traces tail --user ada --json'],
  async run(context, { options }) {
    const { out, flags, signal } = context;
    const query = toTraceQuery(options);
    const api = await openApi(context);
    const print = (trace: TraceListItem): void =>
      out.line(flags.json ? JSON.stringify(trace) : renderLine(trace, out.width));
    const from =
      options.from === undefined ? toIso(systemClock() - LOOK_BACK_MS) : query.fromTimestamp;
    const seen = new Set<string>();
    const old = await readNew(api, { ...query, fromTimestamp: from ?? '' }, seen);
    if (options.last > 0) for (const trace of old.slice(-options.last)) print(trace);
    while (!signal.aborted) {
      await sleep(options.interval * 1000, signal);
      if (signal.aborted) break;
      const since = toIso(systemClock() - LOOK_BACK_MS);
      const window = options.from === undefined ? { ...query, fromTimestamp: since } : query;
      for (const trace of await readNew(api, window, seen)) print(trace);
    }
    return EXIT.interrupted;
  },
});

/** Traces not seen before, oldest first. */
async function readNew(
  api: ObservabilityApi,
  query: TraceQuery,
  seen: Set<string>,
): Promise<readonly TraceListItem[]> {
  const pages = { 'order-by': 'timestamp.desc', page: undefined, limit: undefined, all: true };
  const found: TraceListItem[] = [];
  for await (const page of readTracePages(api, query, pages)) {
    const fresh = page.filter(({ id }) => !seen.has(id));
    // A page without anything new: the older ones hold nothing new either.
    if (fresh.length === 0) break;
    for (const { id } of fresh) seen.add(id);
    found.push(...fresh);
  }
  return found.toReversed();
}

function renderLine(trace: TraceListItem, width: number): string {
  const time = trace.timestamp.slice(11, 19);
  const text = `${time}  ${trace.id}  ${toDuration(trace.latency * 1000)}  ${trace.name ?? ''}`;
  const left = width - text.length - 2;
  const detail =
    trace.input === null || trace.input === undefined || left < 10
      ? ''
      : toOneLine(trace.input, left);
  return detail === '' ? text : `${text}  ${detail}`;
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(stop, milliseconds);
    signal.addEventListener('abort', stop);
  });
}
