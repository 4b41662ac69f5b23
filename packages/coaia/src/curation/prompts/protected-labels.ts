/** Labels that keys may not move: the last word on production belongs to the owner. */
import { isAdministrator } from '#base';
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

/** Replaces the list. Only owners and admins may: fails with COAIA-2005. Throws COAIA-2001 for a label that is not allowed. */
export async function updateProtectedLabels(
  ports: CurationPorts,
  scope: Scope,
  labels: readonly string[],
): Promise<readonly string[]> {
  if (!isAdministrator(scope)) {
    throw promptErrors.create(
      'COAIA-2005',
      `${toSubject(scope)} may not change which labels are protected.`,
      { hint: 'coaia prompts protect' },
    );
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

/** Refuses who is neither owner nor admin and would touch a protected label: COAIA-2005. */
export async function requireUnprotected(
  tx: Transaction,
  scope: Scope,
  labels: readonly string[],
  deed: string,
): Promise<void> {
  if (isAdministrator(scope) || labels.length === 0) return;
  const kept = new Set(await readProtectedLabels(tx, scope.projectId));
  const hit = labels.filter((label) => kept.has(label));
  if (hit.length === 0) return;
  throw promptErrors.create(
    'COAIA-2005',
    `${toSubject(scope)} may not ${deed}: the label ${hit.join(', ')} is protected in this project.`,
    { hint: 'coaia prompts protect' },
  );
}

/** Keys have the rights of keys unless they are bound to a role. */
function toSubject(scope: Scope): string {
  return scope.role === undefined ? 'Keys' : `The role ${scope.role}`;
}
