/** What the page shows about one prompt, and who includes whom. */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { CurationPorts } from '../../ports.ts';
import { promptErrors } from '../errors.ts';
import {
  readIncluderLines,
  readNewestInclusions,
  readNewestVersions,
  readPromptRuns,
  readVersionLines,
  readVersionScores,
} from './storage.ts';
import type { InclusionLine } from './storage.ts';

const TIMEOUT_MS = 8000;

/** Versions without their texts, newest first, with who includes the prompt. Fails with COAIA-2000. */
export async function getPromptOverview({ db }: CurationPorts, scope: Scope, name: string) {
  const { projectId } = scope;
  const [versions, includers] = await Promise.all([
    readVersionLines(db, projectId, name),
    readIncluderLines(db, projectId, name),
  ]);
  if (versions.length === 0) {
    throw promptErrors.create('COAIA-2000', `Prompt not found: '${name}'`, {
      hint: 'coaia fuse prompts list',
    });
  }
  return {
    name,
    type: versions[0]?.type === 'chat' ? ('chat' as const) : ('text' as const),
    versions: versions.map((line) => ({
      version: line.version,
      labels: JSON.parse(line.labels) as readonly string[],
      tags: JSON.parse(line.tags) as readonly string[],
      commitMessage: line.commit_message,
      createdBy: line.created_by,
      createdAt: toIso(line.created_at),
      updatedAt: toIso(line.updated_at),
    })),
    includedBy: includers.map((line) => toEdge(line)),
  };
}

/** Mean scores by version, and runs over datasets that used the prompt. Reads the project's observations. */
export async function getPromptResults(
  { db }: CurationPorts,
  scope: Scope,
  name: string,
  signal: AbortSignal,
) {
  const options = { timeoutMs: TIMEOUT_MS, signal };
  const [scores, runs] = await Promise.all([
    readVersionScores(db, scope.projectId, name, options),
    readPromptRuns(db, scope.projectId, name, options),
  ]);
  return {
    scores: scores.map(({ version, name: score, mean, count }) => ({
      version,
      name: score,
      mean,
      count,
    })),
    experiments: runs.map((run) => ({
      datasetId: run.dataset_id,
      datasetName: run.dataset_name,
      runId: run.run_id,
      runName: run.run_name,
      version: run.version,
      itemCount: run.items,
      createdAt: toIso(run.created_at),
    })),
  };
}

/** Who includes whom, by the newest version of each prompt; a node without a version does not exist. */
export async function getPromptGraph({ db }: CurationPorts, scope: Scope) {
  const lines = await readNewestInclusions(db, scope.projectId);
  const names = [...new Set(lines.flatMap((line) => [line.name, line.child_name]))].toSorted();
  const known = await readNewestVersions(db, scope.projectId, names);
  const byName = new Map(known.map((one) => [one.name, one]));
  return {
    nodes: names.map((name) => ({ name, version: byName.get(name)?.version ?? null })),
    edges: lines.map((line) => toEdge(line)),
  };
}

function toEdge({ name, version, child_name, child_version, child_label }: InclusionLine) {
  return {
    name,
    version,
    childName: child_name,
    childVersion: child_version,
    childLabel: child_label,
  };
}
