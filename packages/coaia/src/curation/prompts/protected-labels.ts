/** Labels that keys may not move: the last word on production belongs to the owner. */
import type { Scope } from '#base';
import type { Transaction } from '#store';
import type { CurationPorts } from '../ports.ts';
import { promptErrors } from './errors.ts';
import { toLabels } from './prompt.ts';
import { readProtectedLabels } from './storage.ts';

/** The protected labels of the project, sorted. */
export function listProtectedLabels(
  ports: CurationPorts,
  scope: Scope,
): Promise<readonly string[]> {
  return readProtectedLabels(ports.db, scope.projectId);
}

/** Replaces the list. Keys may not: fails with COAIA-2005. Throws COAIA-2001 for a label that is not allowed. */
export async function updateProtectedLabels(
  ports: CurationPorts,
  scope: Scope,
  labels: readonly string[],
): Promise<readonly string[]> {
  if (scope.via === 'key') {
    throw promptErrors.create('COAIA-2005', 'Keys may not change which labels are protected.', {
      hint: 'coaia prompts protect',
    });
  }
  const { projectId } = scope;
  const wanted = toLabels(labels);
  const now = ports.clock();
  await ports.db.write(async (tx) => {
    await tx.run('DELETE FROM protected_prompt_labels WHERE project_id = ?', [projectId]);
    const rows = wanted.map((label) => ({ project_id: projectId, label, created_at: now }));
    if (rows.length > 0) await tx.upsert('protected_prompt_labels', rows);
  });
  return wanted;
}

/** Refuses a key that would touch a protected label: COAIA-2005. Owners on the page or the store itself pass. */
export async function requireUnprotected(
  tx: Transaction,
  scope: Scope,
  labels: readonly string[],
  deed: string,
): Promise<void> {
  if (scope.via !== 'key' || labels.length === 0) return;
  const kept = new Set(await readProtectedLabels(tx, scope.projectId));
  const hit = labels.filter((label) => kept.has(label));
  if (hit.length === 0) return;
  throw promptErrors.create(
    'COAIA-2005',
    `The label ${hit.join(', ')} is protected in this project; keys may not ${deed}.`,
    { hint: 'coaia prompts protect' },
  );
}
