/** Addresses of pages; only a server has them. */
import type { McpApi } from '#main/open-mcp';

type Wire = Readonly<Record<string, unknown>>;

/** Address of the trace's page, or null for the store of this home. */
export function toTraceUrl({ baseUrl }: McpApi, { htmlPath }: Wire): string | null {
  return baseUrl === undefined || typeof htmlPath !== 'string' ? null : `${baseUrl}${htmlPath}`;
}

/** Address of the page of a session, which lies beside the pages of its traces. */
export function toSessionUrl(
  api: McpApi,
  sessionId: string,
  trace: Wire | undefined,
): string | null {
  const url = trace === undefined ? null : toTraceUrl(api, trace);
  return url === null
    ? null
    : url.replace(/\/traces\/[^/]*$/, `/sessions/${encodeURIComponent(sessionId)}`);
}
