/** `@last` and `@last:NAME` in place of a trace id. */
import { notFound } from '#base';
import type { ObservabilityApi } from '@coaia/client';

/**
 * The id meant by an argument: the newest trace for `@last`, the newest of that name for `@last:NAME`, anything
 * else itself. Throws COAIA-0003 when there is no such trace.
 */
export async function findTraceId(api: ObservabilityApi, argument: string): Promise<string> {
  const match = /^@last(?::(.+))?$/s.exec(argument);
  if (match === null) return argument;
  const name = match[1];
  const page = await api.listTraces({
    limit: 1,
    orderBy: 'timestamp.desc',
    fields: 'core',
    ...(name === undefined ? {} : { name }),
  });
  const newest = page.data[0];
  if (newest === undefined)
    throw notFound('Trace', argument, 'coaia trace --name first -- echo hello');
  return newest.id;
}
