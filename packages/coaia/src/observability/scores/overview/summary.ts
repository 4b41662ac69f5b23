/** What scores there are: one line for each name and type, with who gave them. */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { ObservabilityPorts } from '../../ports.ts';

/** Scores of one name and type. */
export interface ScoreLine {
  readonly name: string;
  readonly dataType: string;
  readonly count: number;
  /** Mean of the values; null where values have no order. */
  readonly mean: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** How many came from each source. */
  readonly sources: Readonly<Record<string, number>>;
  /** People who annotated, at most 50. */
  readonly authors: readonly string[];
  readonly lastAt: string;
}

interface LineRow {
  readonly name: string;
  readonly data_type: string;
  readonly source: string;
  readonly count: number | string;
  readonly total: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly last_at: number | string;
}

interface AuthorRow {
  readonly name: string;
  readonly data_type: string;
  readonly author: string;
}

/** A range of time in epoch milliseconds; open where undefined. */
export interface TimeBounds {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const TIMEOUT_MS = 10_000;
const AUTHORS = 50;

/** Every name and type, the last given first. Fails with COAIA-0107 when it takes too long. */
export async function listScoreLines(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  { from, to }: TimeBounds,
  signal: AbortSignal,
): Promise<readonly ScoreLine[]> {
  const where =
    'FROM scores WHERE project_id = ? AND timestamp >= ? AND timestamp < ? AND data_type <> ?';
  const parameters = [projectId, from ?? 0, to ?? Number.MAX_SAFE_INTEGER, 'CORRECTION'];
  const options = { timeoutMs: TIMEOUT_MS, signal };
  const [rows, authors] = await Promise.all([
    db.scan<LineRow>(
      `SELECT name, data_type, source, count(*) AS count, sum(value) AS total, min(value) AS low,
       max(value) AS high, max(timestamp) AS last_at ${where} GROUP BY name, data_type, source`,
      parameters,
      options,
    ),
    db.scan<AuthorRow>(
      `SELECT DISTINCT name, data_type, author_user_id AS author ${where}
       AND author_user_id IS NOT NULL ORDER BY author LIMIT 5000`,
      parameters,
      options,
    ),
  ]);
  const groups = Map.groupBy(rows, ({ name, data_type: type }) => JSON.stringify([name, type]));
  return [...groups.values()]
    .map((group) => toLine(group, authors))
    .toSorted((a, b) => b.lastAt.localeCompare(a.lastAt));
}

function toLine(group: readonly LineRow[], authors: readonly AuthorRow[]): ScoreLine {
  const [{ name, data_type: dataType } = { name: '', data_type: '' }] = group;
  const count = group.reduce((sum, row) => sum + Number(row.count), 0);
  const hasOrder = dataType === 'NUMERIC' || dataType === 'BOOLEAN';
  const total = group.reduce((sum, row) => sum + (row.total ?? 0), 0);
  return {
    name,
    dataType,
    count,
    mean: hasOrder && count > 0 ? total / count : null,
    minimum: hasOrder ? Math.min(...group.map(({ low }) => low ?? 0)) : null,
    maximum: hasOrder ? Math.max(...group.map(({ high }) => high ?? 0)) : null,
    sources: Object.fromEntries(group.map((row) => [row.source, Number(row.count)])),
    authors: authors
      .filter((row) => row.name === name && row.data_type === dataType)
      .map(({ author }) => author)
      .slice(0, AUTHORS),
    lastAt: toIso(Math.max(...group.map((row) => Number(row.last_at)))),
  };
}
