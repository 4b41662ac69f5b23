/** Removal of an experiment, which Langfuse's API does not have. */
import { fromStored, isObject, notFound, type Scope } from '#base';
import type { Transaction } from '#store';
import { removeRun } from '../dataset-runs/storage.ts';
import type { CurationPorts } from '../ports.ts';

/** Spans that lose their mark in one transaction. */
const SPANS_AT_ONCE = 500;

/**
 * Removes an experiment: the dataset run with its links and own scores, and the experiment's mark on spans.
 * Traces, observations and their scores stay. A span that is sent again brings its mark back.
 * Fails with COAIA-0003.
 */
export async function deleteExperiment(
  ports: CurationPorts,
  scope: Scope,
  experimentId: string,
): Promise<{ readonly message: string }> {
  const { projectId } = scope;
  const hadRun = await ports.db.write((tx) => hasRemovedRun(tx, projectId, experimentId));
  let total = 0;
  for (;;) {
    const count = await ports.db.write((tx) => unmarkSpans(tx, ports, projectId, experimentId));
    total += count;
    if (count < SPANS_AT_ONCE) break;
  }
  if (!hadRun && total === 0) throw notFound('Experiment', experimentId);
  return { message: 'Experiment successfully deleted' };
}

async function hasRemovedRun(tx: Transaction, projectId: string, runId: string): Promise<boolean> {
  const runs = await tx.read('SELECT id FROM dataset_runs WHERE project_id = ? AND id = ?', [
    projectId,
    runId,
  ]);
  if (runs.length > 0) await removeRun(tx, projectId, runId);
  return runs.length > 0;
}

async function unmarkSpans(
  tx: Transaction,
  { db, clock }: CurationPorts,
  projectId: string,
  experimentId: string,
): Promise<number> {
  const spans = await tx.read<{ readonly id: string; readonly metadata: string }>(
    `SELECT id, metadata FROM observations
     WHERE project_id = ? AND metadata LIKE '%"experiment":{%'
       AND ${db.dialect.jsonText('metadata', ['experiment', 'id'])} = ? LIMIT ${SPANS_AT_ONCE}`,
    [projectId, experimentId],
  );
  for (const { id, metadata } of spans) {
    const stored = fromStored(metadata);
    const { experiment: _, ...rest } = isObject(stored) ? stored : {};
    await tx.run(
      'UPDATE observations SET metadata = ?, updated_at = ? WHERE project_id = ? AND id = ?',
      [JSON.stringify(rest), clock(), projectId, id],
    );
  }
  return spans.length;
}
