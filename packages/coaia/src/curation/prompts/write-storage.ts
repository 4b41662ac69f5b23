/** SQL of prompts: what changes them. Everything runs inside one transaction that holds the name's lock. */
import type { Dialect, PromptRow, Transaction } from '#store';
import type { Inclusion } from './template.ts';

/** Serialises everybody who changes the versions or labels of a name. */
export function lockName(tx: Transaction, projectId: string, name: string): Promise<void> {
  return tx.lock([`prompt:${projectId}:${name}`]);
}

interface NameFacts {
  readonly type: string;
  /** As stored. */
  readonly tags: string;
  readonly highest: number;
}

/** A name's type and tags, and its highest version; undefined when there is no such name. */
export async function readName(
  tx: Transaction,
  projectId: string,
  name: string,
): Promise<NameFacts | undefined> {
  const [row] = await tx.read<Omit<NameFacts, 'highest'> & { readonly highest: unknown }>(
    `SELECT n.type, n.tags, (SELECT max(p.version) FROM prompts p WHERE p.project_id = n.project_id AND p.name = n.name) AS highest
     FROM prompt_names n WHERE n.project_id = ? AND n.name = ?`,
    [projectId, name],
  );
  return row === undefined ? undefined : { ...row, highest: Number(row.highest ?? 0) };
}

/** Stores a version with what it includes. */
export async function addVersion(
  tx: Transaction,
  row: PromptRow,
  inclusions: readonly Inclusion[],
): Promise<void> {
  await tx.upsert('prompts', [row]);
  const { project_id, name, version } = row;
  const rows = inclusions.map((inclusion, position) => ({
    project_id,
    name,
    version,
    position,
    child_name: inclusion.name,
    child_version: inclusion.version ?? null,
    child_label: inclusion.label ?? null,
  }));
  if (rows.length > 0) await tx.upsert('prompt_includes', rows);
}

/** Gives a name its tags; `undefined` keeps those it has. */
export async function updateTags(
  tx: Transaction,
  projectId: string,
  name: string,
  change: { readonly tags: readonly string[] | undefined; readonly now: number },
): Promise<void> {
  if (change.tags === undefined) return;
  const values = [JSON.stringify(change.tags), change.now, projectId, name];
  for (const table of ['prompt_names', 'prompts']) {
    await tx.run(
      `UPDATE ${table} SET tags = ?, updated_at = ? WHERE project_id = ? AND name = ?`,
      values,
    );
  }
}

/** Puts labels on a version; the versions that had them lose them. */
export async function moveLabels(
  tx: Transaction,
  target: { readonly projectId: string; readonly name: string; readonly version: number },
  labels: readonly string[],
  now: number,
): Promise<void> {
  const { projectId, name, version } = target;
  const before = await readLabels(tx, projectId, name);
  const moved = labels.filter((label) => before.get(label) !== version);
  if (moved.length === 0) return;
  await tx.upsert(
    'prompt_labels',
    moved.map((label) => ({ project_id: projectId, name, label, version })),
  );
  const after = new Map([...before, ...moved.map((label) => [label, version] as const)]);
  const touched = new Set([version, ...moved.flatMap((label) => before.get(label) ?? [])]);
  for (const one of touched) {
    const own = [...after].filter(([, at]) => at === one).map(([label]) => label);
    await tx.run(
      'UPDATE prompts SET labels = ?, updated_at = ? WHERE project_id = ? AND name = ? AND version = ?',
      [JSON.stringify(own.toSorted()), now, projectId, name, one],
    );
  }
}

/** Takes labels off a version that has them. */
export async function removeLabels(
  tx: Transaction,
  target: { readonly projectId: string; readonly name: string; readonly version: number },
  labels: readonly string[],
  now: number,
): Promise<void> {
  const { projectId, name, version } = target;
  for (const label of labels) {
    await tx.run(
      'DELETE FROM prompt_labels WHERE project_id = ? AND name = ? AND label = ? AND version = ?',
      [projectId, name, label, version],
    );
  }
  if (labels.length === 0) return;
  const left = await readLabels(tx, projectId, name);
  const own = [...left].filter(([, at]) => at === version).map(([label]) => label);
  await tx.run(
    'UPDATE prompts SET labels = ?, updated_at = ? WHERE project_id = ? AND name = ? AND version = ?',
    [JSON.stringify(own.toSorted()), now, projectId, name, version],
  );
}

/** Where each label of a name stands. */
export async function readLabels(
  tx: Transaction,
  projectId: string,
  name: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.read<{ readonly label: string; readonly version: number }>(
    'SELECT label, version FROM prompt_labels WHERE project_id = ? AND name = ?',
    [projectId, name],
  );
  return new Map(rows.map(({ label, version }) => [label, version]));
}

/** Numbers of a name's versions, upwards. */
export async function readVersionNumbers(
  tx: Transaction,
  projectId: string,
  name: string,
): Promise<readonly number[]> {
  const rows = await tx.read<{ readonly version: number }>(
    'SELECT version FROM prompts WHERE project_id = ? AND name = ? ORDER BY version',
    [projectId, name],
  );
  return rows.map(({ version }) => version);
}

/** Removes versions with their labels; the name goes with its last version. */
export async function removeVersions(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  name: string,
  versions: readonly number[],
): Promise<void> {
  // As texts, because the lists of both databases hold texts.
  const values = [projectId, name, JSON.stringify(versions.map(String))];
  for (const table of ['prompts', 'prompt_labels', 'prompt_includes']) {
    await tx.run(
      `DELETE FROM ${table} WHERE project_id = ? AND name = ? AND ${dialect.inList('CAST(version AS TEXT)')}`,
      values,
    );
  }
  await tx.run(
    `DELETE FROM prompt_names WHERE project_id = ? AND name = ?
     AND NOT EXISTS (SELECT 1 FROM prompts p WHERE p.project_id = prompt_names.project_id AND p.name = prompt_names.name)`,
    [projectId, name],
  );
}

/** Versions of other prompts, or of this one, that include a version or a label of the name. */
export function readIncluders(
  tx: Transaction,
  projectId: string,
  name: string,
): Promise<
  readonly {
    readonly name: string;
    readonly version: number;
    readonly child_version: number | null;
    readonly child_label: string | null;
  }[]
> {
  return tx.read(
    'SELECT name, version, child_version, child_label FROM prompt_includes WHERE project_id = ? AND child_name = ? ORDER BY name, version',
    [projectId, name],
  );
}
