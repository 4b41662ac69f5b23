import { toPath } from '../../lib/api.ts';
import { toShellWord, type OperationCall } from '../../lib/copy-as.ts';

/** The list as a call. */
export function toListCall(
  project: string,
  baseUrl: string,
  search: {
    readonly q?: string;
    readonly from?: string;
    readonly to?: string;
    readonly range?: string;
  },
  orderBy: string,
): OperationCall {
  const since = search.range === undefined ? '' : `since:${search.range}`;
  const q = [search.q ?? '', since].filter(Boolean).join(' ');
  const times = since === '' ? { from: search.from, to: search.to } : {};
  const flags = [
    q === '' ? '' : ` --query ${toShellWord(q)}`,
    times.from === undefined ? '' : ` --from ${times.from}`,
    times.to === undefined ? '' : ` --to ${times.to}`,
    orderBy === 'timestamp.desc' ? '' : ` --order-by ${orderBy}`,
  ].join('');
  const path = toPath(`/api/v1/projects/${encodeURIComponent(project)}/traces`, {
    q,
    ...times,
    orderBy,
    limit: 100,
  });
  return { command: `coaia traces list${flags}`, path, baseUrl };
}

/** One trace as a call. */
export function toTraceCall(baseUrl: string, traceId: string): OperationCall {
  return {
    command: `coaia traces show ${toShellWord(traceId)} --timeline`,
    path: `/api/public/traces/${encodeURIComponent(traceId)}`,
    baseUrl,
  };
}

/** One session as a call. */
export function toSessionCall(baseUrl: string, sessionId: string): OperationCall {
  return {
    command: `coaia traces session-view ${toShellWord(sessionId)}`,
    path: `/api/public/sessions/${encodeURIComponent(sessionId)}`,
    baseUrl,
  };
}
