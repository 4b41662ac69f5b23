/** Which of some ids are traces, asked with one call. */
import type { ObservabilityApi } from '@coaia/client';

/** The ids that the server knows as traces. */
export async function findKnownTraces(
  api: ObservabilityApi,
  traceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const page = await api.listTraces({
    filter: renderAnyOf('id', traceIds),
    fields: 'core',
    limit: Math.min(100, Math.max(1, traceIds.length)),
  });
  // A server that does not know the filter answers with other traces.
  return new Set((page.data ?? []).map(({ id }) => id).filter((id) => traceIds.includes(id)));
}

/** A `filter` parameter: the column is one of these values. */
export function renderAnyOf(column: string, values: readonly string[]): string {
  return JSON.stringify([{ type: 'stringOptions', column, operator: 'any of', value: values }]);
}
