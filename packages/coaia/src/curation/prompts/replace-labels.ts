/** Setting the labels of a version as a whole, which can also take one off. */
import type { Scope } from '#base';
import type { Prompt } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { LATEST, toLabels, toPrompt } from './prompt.ts';
import { promptNotFound } from './prompts.ts';
import { requireUnprotected } from './protected-labels.ts';
import { readVersion } from './storage.ts';
import { lockName, moveLabels, removeLabels } from './write-storage.ts';

/**
 * Gives a version exactly these labels: new ones leave the version they were on, others are taken off. `latest`
 * is neither given nor taken. Fails with COAIA-2000, COAIA-2001 (not allowed) and COAIA-2005 (protected).
 */
export function replacePromptLabels(
  { db, clock }: CurationPorts,
  scope: Scope,
  input: { readonly name: string; readonly version: number; readonly labels: readonly string[] },
): Promise<Prompt> {
  const { projectId } = scope;
  const { name, version } = input;
  const wanted = toLabels(input.labels).filter((label) => label !== LATEST);
  return db.write(async (tx) => {
    await lockName(tx, projectId, name);
    const row = await readVersion(tx, projectId, name, version);
    if (row === undefined) throw promptNotFound(name, { version });
    const held = JSON.parse(row.labels) as readonly string[];
    const added = wanted.filter((label) => !held.includes(label));
    const gone = held.filter((label) => label !== LATEST && !wanted.includes(label));
    await requireUnprotected(tx, scope, [...added, ...gone], 'move it');
    const now = clock();
    const target = { projectId, name, version };
    await removeLabels(tx, target, gone, now);
    await moveLabels(tx, target, added, now);
    return toPrompt((await readVersion(tx, projectId, name, version)) ?? row);
  });
}
