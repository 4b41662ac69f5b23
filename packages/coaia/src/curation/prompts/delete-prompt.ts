/** Deleting versions of a prompt, or all of it. */
import type { Scope } from '#base';
import type { Transaction } from '#store';
import type { PromptSelector } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { promptErrors } from './errors.ts';
import { LATEST } from './prompt.ts';
import { promptNotFound } from './prompts.ts';
import { requireUnprotected } from './protected-labels.ts';
import {
  lockName,
  moveLabels,
  readIncluders,
  readLabels,
  readVersionNumbers,
  removeVersions,
} from './write-storage.ts';

interface Removal {
  readonly name: string;
  readonly versions: ReadonlySet<number>;
  readonly labels: ReadonlyMap<string, number>;
}

/**
 * Deletes one version, the one with a label, or all. `latest` goes to the highest that remains.
 * Fails with COAIA-2000, COAIA-2004 (others include it) and COAIA-2005 (protected label).
 */
export async function deletePrompt(
  ports: CurationPorts,
  scope: Scope,
  name: string,
  selector: PromptSelector = {},
): Promise<void> {
  const { db, clock } = ports;
  const { projectId } = scope;
  await db.write(async (tx) => {
    await lockName(tx, projectId, name);
    const labels = await readLabels(tx, projectId, name);
    const all = await readVersionNumbers(tx, projectId, name);
    const versions = new Set(all.filter((version) => isSelected(version, selector, labels)));
    if (versions.size === 0) throw toMissing(name, selector);
    const removal: Removal = { name, versions, labels };
    const own = [...labels].filter(([, at]) => versions.has(at)).map(([label]) => label);
    await requireUnprotected(tx, scope, own, 'delete the version it is on');
    await requireUnused(tx, projectId, removal);
    await removeVersions(tx, db.dialect, projectId, name, [...versions]);
    const newest = all.findLast((version) => !versions.has(version));
    if (newest !== undefined)
      await moveLabels(tx, { projectId, name, version: newest }, [LATEST], clock());
  });
}

function isSelected(
  version: number,
  selector: PromptSelector,
  labels: ReadonlyMap<string, number>,
): boolean {
  if (selector.version !== undefined && selector.version !== version) return false;
  return selector.label === undefined || labels.get(selector.label) === version;
}

function toMissing(name: string, selector: PromptSelector) {
  if (selector.version === undefined && selector.label === undefined) {
    return promptErrors.create('COAIA-2000', `Prompt not found: '${name}'`, {
      hint: 'coaia fuse prompts list',
    });
  }
  return promptNotFound(name, selector);
}

/** Refuses while a version that stays includes one that goes. */
async function requireUnused(
  tx: Transaction,
  projectId: string,
  { name, versions, labels }: Removal,
): Promise<void> {
  const includers = await readIncluders(tx, projectId, name);
  const users = includers.filter((user) => {
    if (user.name === name && versions.has(user.version)) return false;
    const used = user.child_version ?? labels.get(user.child_label ?? '');
    return used !== undefined && versions.has(used);
  });
  if (users.length === 0) return;
  const names = [...new Set(users.map((user) => `${user.name} v${user.version}`))];
  throw promptErrors.create(
    'COAIA-2004',
    `The prompt ${name} is included by ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''}; nothing was deleted.`,
  );
}
