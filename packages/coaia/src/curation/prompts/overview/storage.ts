/** SQL of what the page shows about one prompt, and of the graph of inclusions. */
import type { Database, ScanOptions } from '#store';

/** A version without its text. */
export interface VersionLine {
  readonly version: number;
  readonly type: string;
  /** As stored. */
  readonly labels: string;
  readonly tags: string;
  readonly commit_message: string | null;
  readonly created_by: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/** Every version of a name, newest first. */
export function readVersionLines(
  db: Database,
  projectId: string,
  name: string,
): Promise<readonly VersionLine[]> {
  return db.read(
    `SELECT version, type, labels, tags, commit_message, created_by, created_at, updated_at
     FROM prompts WHERE project_id = ? AND name = ? ORDER BY version DESC`,
    [projectId, name],
  );
}

/** A version that includes another prompt, by a version or by a label of it. */
export interface InclusionLine {
  readonly name: string;
  readonly version: number;
  readonly child_name: string;
  readonly child_version: number | null;
  readonly child_label: string | null;
}

/** Versions of any prompt that include this one, newest first. */
export function readIncluderLines(
  db: Database,
  projectId: string,
  name: string,
): Promise<readonly InclusionLine[]> {
  return db.read(
    `SELECT name, version, child_name, child_version, child_label FROM prompt_includes
     WHERE project_id = ? AND child_name = ? ORDER BY name, version DESC, position`,
    [projectId, name],
  );
}

/** What the newest version of every prompt includes. */
export function readNewestInclusions(
  db: Database,
  projectId: string,
): Promise<readonly InclusionLine[]> {
  return db.read(
    `SELECT i.name, i.version, i.child_name, i.child_version, i.child_label FROM prompt_includes i
     WHERE i.project_id = ? AND i.version = (
       SELECT max(p.version) FROM prompts p WHERE p.project_id = i.project_id AND p.name = i.name)
     ORDER BY i.name, i.position`,
    [projectId],
  );
}

/** Type and newest version of some names; names that do not exist are missing. */
export function readNewestVersions(
  db: Database,
  projectId: string,
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly type: string; readonly version: number }[]> {
  return db.read(
    `SELECT n.name, n.type, max(p.version) AS version FROM prompt_names n
     JOIN prompts p ON p.project_id = n.project_id AND p.name = n.name
     WHERE n.project_id = ? AND ${db.dialect.inList('n.name')} GROUP BY n.name, n.type ORDER BY n.name`,
    [projectId, JSON.stringify(names)],
  );
}

/** Mean of the scores with one name over the traces and observations that used one version. */
export interface VersionScore {
  readonly version: number;
  readonly name: string;
  readonly mean: number;
  readonly count: number;
}

const USES = `SELECT DISTINCT trace_id, id, prompt_version FROM observations
  WHERE project_id = ? AND prompt_name = ? AND prompt_version IS NOT NULL`;

/**
 * Numeric scores by version and name. A score counts when it is on the observation that used the prompt, or on
 * its trace as a whole. Reads every observation of the project, so it runs away from the event loop.
 */
export function readVersionScores(
  db: Database,
  projectId: string,
  name: string,
  options: ScanOptions,
): Promise<readonly VersionScore[]> {
  return db.scan<VersionScore>(
    `SELECT x.version, x.name, avg(x.value) AS mean, count(*) AS count FROM (
       SELECT DISTINCT u.prompt_version AS version, s.id, s.name, s.value
       FROM (${USES}) u JOIN scores s ON s.project_id = ? AND s.trace_id = u.trace_id
       WHERE s.value IS NOT NULL AND (s.observation_id IS NULL OR s.observation_id = u.id)
     ) x GROUP BY x.version, x.name ORDER BY x.version, x.name`,
    [projectId, name, projectId],
    options,
  );
}

/** A dataset run whose traces used a version. */
export interface PromptRun {
  readonly dataset_id: string;
  readonly dataset_name: string;
  readonly run_id: string;
  readonly run_name: string;
  readonly version: number;
  readonly items: number;
  readonly created_at: number;
}

/** Runs over datasets whose traces used the prompt, newest first. */
export function readPromptRuns(
  db: Database,
  projectId: string,
  name: string,
  options: ScanOptions,
): Promise<readonly PromptRun[]> {
  return db.scan<PromptRun>(
    `SELECT d.id AS dataset_id, d.name AS dataset_name, r.id AS run_id, r.name AS run_name,
       u.prompt_version AS version, count(DISTINCT i.id) AS items, r.created_at
     FROM (${USES}) u
     JOIN dataset_run_items i ON i.project_id = ? AND i.trace_id = u.trace_id
     JOIN dataset_runs r ON r.project_id = i.project_id AND r.id = i.run_id
     JOIN datasets d ON d.project_id = r.project_id AND d.id = r.dataset_id
     GROUP BY d.id, d.name, r.id, r.name, u.prompt_version, r.created_at
     ORDER BY r.created_at DESC, r.id LIMIT 100`,
    [projectId, name, projectId],
    options,
  );
}
