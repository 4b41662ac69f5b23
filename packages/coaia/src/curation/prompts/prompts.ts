/** What can be asked about prompts, and what can be done to versions that are there. */
import { invalidRequest, toIso, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { Transaction } from '#store';
import type {
  Prompt,
  PromptGetOptions,
  PromptMeta,
  PromptPage,
  PromptSelector,
  PromptType,
} from '@coaia/client';
import type { CurationPorts } from '../ports.ts';
import { promptErrors } from './errors.ts';
import { LATEST, PRODUCTION, toLabels, toPrompt } from './prompt.ts';
import type { StoredPrompt } from './prompt.ts';
import { requireUnprotected } from './protected-labels.ts';
import { resolvePrompt } from './resolve-prompt.ts';
import {
  readLabelled,
  readLabelsOf,
  readNameCount,
  readPage,
  readVersion,
  readVersionsOf,
} from './storage.ts';
import type { ListedPrompt, PromptBounds } from './storage.ts';
import { lockName, moveLabels } from './write-storage.ts';

export interface PromptListInput extends PromptBounds {
  readonly page: number;
  readonly limit: number;
}

/** One page of names, by name. A label or times narrow the versions that are shown as well. */
export async function listPrompts(
  ports: CurationPorts,
  scope: Scope,
  { page, limit, ...bounds }: PromptListInput,
): Promise<PromptPage> {
  const { db } = ports;
  const { projectId } = scope;
  const offset = (page - 1) * limit;
  const [rows, total] = await Promise.all([
    readPage(db, projectId, bounds, { limit, offset }),
    readNameCount(db, projectId, bounds),
  ]);
  const names = rows.map(({ name }) => name);
  const [versions, labels] = await Promise.all([
    readVersionsOf(db, projectId, names, bounds),
    readLabelsOf(db, projectId, names),
  ]);
  const versionsOf = Map.groupBy(versions, ({ name }) => name);
  const labelsOf = Map.groupBy(labels, ({ name }) => name);
  const data = rows.map((row) => {
    const own = (versionsOf.get(row.name) ?? []).map(({ version }) => version);
    const shown = new Set(own);
    const held = (labelsOf.get(row.name) ?? []).filter(({ version }) => shown.has(version));
    return toMeta(
      row,
      own,
      held.map(({ label }) => label),
    );
  });
  const meta = toPageMeta(page, limit, total);
  return { data, meta, pagination: meta };
}

function toMeta(
  row: ListedPrompt,
  versions: readonly number[],
  labels: readonly string[],
): PromptMeta {
  return {
    name: row.name,
    type: row.type as PromptType,
    versions,
    labels,
    tags: JSON.parse(row.tags) as readonly string[],
    lastUpdatedAt: toIso(row.last_updated_at),
    lastConfig: JSON.parse(row.config) as unknown,
  };
}

/** One version, by default the one labelled production, with what it includes put in. Fails with COAIA-2000, 2003. */
export async function getPrompt(
  ports: CurationPorts,
  scope: Scope,
  name: string,
  options: PromptGetOptions = {},
): Promise<Prompt> {
  const row = await readSelected(ports.db, scope.projectId, name, options);
  if (row.includes === 0 || options.resolve === false) return toPrompt(row);
  return toPrompt(row, await resolvePrompt(ports.db, row, 'COAIA-2003'));
}

async function readSelected(
  db: Pick<Transaction, 'read'>,
  projectId: string,
  name: string,
  { version, label }: PromptSelector,
): Promise<StoredPrompt> {
  if (version !== undefined && label !== undefined)
    throw invalidRequest('Give a version or a label, not both.');
  const row =
    version === undefined
      ? await readLabelled(db, projectId, name, label ?? PRODUCTION)
      : await readVersion(db, projectId, name, version);
  if (row === undefined) throw promptNotFound(name, { version, label });
  return row;
}

/** In the words that Langfuse uses, which clients look for. */
export function promptNotFound(
  name: string,
  {
    version,
    label,
  }: { readonly version?: number | undefined; readonly label?: string | undefined },
) {
  const which =
    version === undefined ? `with label '${label ?? PRODUCTION}'` : `with version ${version}`;
  return promptErrors.create('COAIA-2000', `Prompt not found: '${name}' ${which}`, {
    hint: 'coaia fuse prompts list',
  });
}

/**
 * Puts labels on a version; they leave the version they were on, and nothing leaves this one.
 * Fails with COAIA-2000, with COAIA-2001 for `latest`, and with COAIA-2005 for a protected label.
 */
export function addPromptLabels(
  ports: CurationPorts,
  scope: Scope,
  target: { readonly name: string; readonly version: number },
  newLabels: readonly string[],
): Promise<Prompt> {
  const { projectId } = scope;
  const { name, version } = target;
  const labels = toLabels(newLabels);
  if (labels.includes(LATEST)) {
    throw promptErrors.create(
      'COAIA-2001',
      `The label ${LATEST} is always on the newest version and cannot be moved.`,
    );
  }
  return ports.db.write(async (tx) => {
    await lockName(tx, projectId, name);
    const row = await readVersion(tx, projectId, name, version);
    if (row === undefined) throw promptNotFound(name, { version });
    const held = JSON.parse(row.labels) as readonly string[];
    const moved = labels.filter((label) => !held.includes(label));
    await requireUnprotected(tx, scope, moved, 'move it');
    await moveLabels(tx, { projectId, name, version }, moved, ports.clock());
    return toPrompt((await readVersion(tx, projectId, name, version)) ?? row);
  });
}
