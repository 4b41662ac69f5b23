/** Every page of a list. */
import { isObject } from '#base';
import type { McpApi } from '#main/open-mcp';

type Wire = Readonly<Record<string, unknown>>;

/** Records that are read at most, so that an answer stays readable. */
const MOST = 1000;

/** Pages of a hundred until the last one, or until there are a thousand records. */
export async function listAll(api: McpApi, segments: readonly string[]): Promise<readonly Wire[]> {
  const all: Wire[] = [];
  for (let page = 1; all.length < MOST; page++) {
    const answer = await api.request<Wire>('GET', segments, { query: { page, limit: 100 } });
    const data = Array.isArray(answer['data']) ? (answer['data'] as readonly Wire[]) : [];
    all.push(...data);
    const meta = isObject(answer['meta']) ? answer['meta'] : {};
    const total = Number(meta['totalPages'] ?? 0);
    if (data.length === 0 || page >= total) return all;
  }
  return all;
}
