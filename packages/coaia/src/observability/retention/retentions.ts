/** Retention of one project or all of them, for the command line. */
import type { RetentionPorts } from './ports.ts';
import { NO_COUNTS } from './retention.ts';
import type { RetentionCounts } from './retention.ts';
import { findOldCounts, runRetention } from './run-retention.ts';
import { readProjects } from './storage.ts';

export interface ProjectRetention {
  readonly projectId: string;
  readonly counts: RetentionCounts;
}

export interface RetentionRequest {
  /** Only this project. */
  readonly projectId?: string | undefined;
  /** Count only. */
  readonly isDry: boolean;
}

/** Runs it for each project that has a number of days. Fails with COAIA-0003 and COAIA-1180. */
export async function runRetentions(
  ports: RetentionPorts,
  { projectId, isDry }: RetentionRequest,
): Promise<readonly ProjectRetention[]> {
  const ids =
    projectId === undefined ? (await readProjects(ports.db)).map(({ id }) => id) : [projectId];
  const results: ProjectRetention[] = [];
  for (const id of ids) {
    const counts = isDry ? await findOldCounts(ports, id) : await runRetention(ports, id);
    if (counts === undefined) continue;
    const { traces, observations, scores, sessions, media, mediaBytes } = {
      ...NO_COUNTS,
      ...counts,
    };
    results.push({
      projectId: id,
      counts: { traces, observations, scores, sessions, media, mediaBytes },
    });
  }
  return results;
}
