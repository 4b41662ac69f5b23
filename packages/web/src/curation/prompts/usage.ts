import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toPromptsKey } from './queries.ts';

/** How often a version was called, how long that took and what it cost. */
export interface VersionUsage {
  readonly version: number;
  readonly calls: number;
  /** Milliseconds. */
  readonly p95Latency: number | null;
  /** US dollars, of all calls. */
  readonly totalCost: number | null;
}

interface MetricsAnswer {
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

const toNumber = (value: unknown): number | null =>
  value === null || value === undefined || Number.isNaN(Number(value)) ? null : Number(value);

const count = { measure: 'count', aggregation: 'count' };
const cost = { measure: 'totalCost', aggregation: 'sum' };

/** The metrics query for the calls of one prompt by version, over all time. */
export function toUsageMetrics(name: string, now: number) {
  return {
    view: 'observations',
    dimensions: [{ field: 'promptVersion' }],
    metrics: [count, { measure: 'latency', aggregation: 'p95' }, cost],
    filters: [{ column: 'promptName', operator: '=', value: name, type: 'string' }],
    fromTimestamp: '2000-01-01T00:00:00Z',
    toTimestamp: toNextHour(now),
  };
}

// By whole hours, so that the same question is asked again only when its answer may differ much.
function toNextHour(now: number): string {
  return new Date(Math.ceil((now + 1) / 3_600_000) * 3_600_000).toISOString();
}

function readMetrics(query: object, signal: AbortSignal): Promise<MetricsAnswer> {
  return sendRequest<MetricsAnswer>('/api/public/v2/metrics', {
    query: { query: JSON.stringify(query) },
    signal,
  });
}

/** Calls of one prompt by version. */
export function usageQuery(project: string, name: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'usage', name],
    queryFn: async ({ signal }): Promise<readonly VersionUsage[]> => {
      const { data } = await readMetrics(toUsageMetrics(name, Date.now()), signal);
      return data.flatMap((row) => {
        const version = toNumber(row['promptVersion']);
        if (version === null) return [];
        return [
          {
            version,
            calls: toNumber(row['count_count']) ?? 0,
            p95Latency: toNumber(row['p95_latency']),
            totalCost: toNumber(row['sum_totalCost']),
          },
        ];
      });
    },
  });
}

/** Calls in the last 30 days by name of the prompt. */
export function callsQuery(project: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'calls'],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, number>> => {
      const to = toNextHour(Date.now());
      const { data } = await readMetrics(
        {
          view: 'observations',
          dimensions: [{ field: 'promptName' }],
          metrics: [count],
          filters: [{ column: 'promptName', operator: 'is not null', value: '', type: 'null' }],
          fromTimestamp: new Date(Date.parse(to) - 30 * 86_400_000).toISOString(),
          toTimestamp: to,
          config: { row_limit: 1000 },
        },
        signal,
      );
      return new Map(
        data.map((row) => [String(row['promptName']), toNumber(row['count_count']) ?? 0]),
      );
    },
  });
}
