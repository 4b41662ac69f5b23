/** The page's home: health, last traces and errors, a day in numbers, and the first steps. */
import type { Scope } from '#base';
import { readCounters } from '../counters.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { compileFilter } from '../filter/compile-filter.ts';
import { TRACE_FIELDS } from '../filter/trace-fields.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { readTraces } from '../traces/storage.ts';
import { readDaySeries } from './day-series.ts';
import { readFirstSteps } from './first-steps.ts';
import type { TracePreviewLine } from './trace-line.ts';
import { toTraceLines } from './trace-lines.ts';

const LAST_TRACES = 8;
const LAST_ERRORS = 5;

/** Everything the home page shows, in one answer. */
export async function readHome(ports: ObservabilityPorts, scope: Scope, signal: AbortSignal) {
  const [health, lastTraces, lastErrors, series, checklist] = await Promise.all([
    readHealth(ports, scope),
    readNewest(ports, scope, '', LAST_TRACES),
    readNewest(ports, scope, 'level:ERROR', LAST_ERRORS),
    readDaySeries(ports, scope, signal),
    readFirstSteps(ports, scope),
  ]);
  return { health, lastTraces, lastErrors, series, checklist };
}

async function readHealth(ports: ObservabilityPorts, scope: Scope) {
  const [info, totals] = await Promise.all([
    ports.db.info(),
    readCounters(ports.db, scope.projectId),
  ]);
  return {
    status: 'OK',
    storeBytes: info.bytes + info.walBytes,
    traceCount: totals.traces,
    observationCount: totals.observations,
    sessionCount: totals.sessions,
    uptimeSeconds: Math.floor(process.uptime()),
    durability: info.durability,
  };
}

async function readNewest(
  ports: ObservabilityPorts,
  scope: Scope,
  q: string,
  limit: number,
): Promise<readonly TracePreviewLine[]> {
  const context = { set: TRACE_FIELDS, dialect: ports.db.dialect, now: ports.clock() };
  const rows = await readTraces(ports.db, scope.projectId, {
    filter: compileFilter(parseFilter(q, TRACE_FIELDS), context),
    order: { field: 'timestamp', direction: 'desc' },
    limit,
    offset: 0,
    content: 'preview',
  });
  return toTraceLines(ports, scope, rows);
}
