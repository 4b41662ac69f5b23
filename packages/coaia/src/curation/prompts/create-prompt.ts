/** A new version of a prompt; the first one makes the name. */
import { createId } from '#base';
import type { Scope } from '#base';
import type { PromptRow, Transaction } from '#store';
import type { CreatePromptBody, Prompt, PromptType } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { promptErrors } from './errors.ts';
import { checkContent, checkName, LATEST, toLabels, toPrompt, toTags } from './prompt.ts';
import { requireUnprotected } from './protected-labels.ts';
import { resolvePrompt } from './resolve-prompt.ts';
import { readVersion } from './storage.ts';
import { findInclusions } from './template.ts';
import { addVersion, lockName, moveLabels, readName, updateTags } from './write-storage.ts';

/**
 * Adds a version with the next number, puts its labels and `latest` on it, and answers it as written.
 * Fails with COAIA-2001 (a rule of names, labels, types), COAIA-2002 (what it includes), COAIA-2005 (protected label).
 */
export function createPrompt(
  ports: CurationPorts,
  scope: Scope,
  body: CreatePromptBody,
): Promise<Prompt> {
  const draft = toDraft(body);
  const id = createId();
  const { projectId } = scope;
  const { name } = body;
  return ports.db.write(async (tx) => {
    await lockName(tx, projectId, name);
    await requireUnprotected(tx, scope, draft.labels, 'move it');
    const now = ports.clock();
    const { version, tags } = await addToName(tx, projectId, draft, now);
    const row: PromptRow = {
      project_id: projectId,
      name,
      version,
      id,
      type: draft.type,
      labels: '[]',
      tags,
      includes: draft.inclusions.length > 0 ? 1 : 0,
      commit_message: body.commitMessage ?? null,
      created_by: scope.via === 'key' ? 'API' : scope.via,
      created_at: now,
      updated_at: now,
      config: JSON.stringify(body.config ?? {}),
      prompt: JSON.stringify(body.prompt),
    };
    await addVersion(tx, row, draft.inclusions);
    await moveLabels(tx, { projectId, name, version }, [...draft.labels, LATEST], now);
    const stored = await readVersion(tx, projectId, name, version);
    if (stored === undefined) throw new TypeError(`version ${version} of ${name} was not stored`);
    // Last, so that a label that moved onto this very version is seen as the circle it makes.
    await resolvePrompt(tx, stored, 'COAIA-2002');
    return toPrompt(stored);
  });
}

interface Draft {
  readonly name: string;
  readonly type: PromptType;
  readonly labels: readonly string[];
  readonly tags: readonly string[] | undefined;
  readonly inclusions: ReturnType<typeof findInclusions>;
}

function toDraft(body: CreatePromptBody): Draft {
  const type = body.type ?? 'text';
  checkName(body.name);
  checkContent(type, body.prompt, body.commitMessage);
  return {
    name: body.name,
    type,
    labels: toLabels(body.labels ?? []).filter((label) => label !== LATEST),
    tags: body.tags === undefined ? undefined : toTags(body.tags),
    inclusions: findInclusions(body.prompt),
  };
}

/** Makes the name if it is new; returns the number of the next version, and the tags as stored. */
async function addToName(
  tx: Transaction,
  projectId: string,
  { name, type, tags }: Draft,
  now: number,
): Promise<{ readonly version: number; readonly tags: string }> {
  const stored = await readName(tx, projectId, name);
  if (stored === undefined) {
    const own = JSON.stringify(tags ?? []);
    const times = { created_at: now, updated_at: now };
    await tx.upsert('prompt_names', [{ project_id: projectId, name, type, tags: own, ...times }]);
    return { version: 1, tags: own };
  }
  if (stored.type !== type) {
    throw promptErrors.create(
      'COAIA-2001',
      `The prompt ${name} is a ${stored.type} prompt since its first version; a ${type} prompt needs another name.`,
    );
  }
  await updateTags(tx, projectId, name, { tags, now });
  return {
    version: stored.highest + 1,
    tags: tags === undefined ? stored.tags : JSON.stringify(tags),
  };
}
