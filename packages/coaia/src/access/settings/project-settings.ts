/** The settings of a project on one page. */
import { invalidRequest, toIso } from '#base';
import type { Scope } from '#base';
import type { Transaction } from '#store';
import { toActor } from '../audit.ts';
import type { AccessPorts } from '../ports.ts';
import { toMetadata } from '../projects/project.ts';
import type { ProjectWithOrganization } from '../projects/project.ts';
import { requireProject, updateProject } from '../projects/projects.ts';

export interface ProjectSettings {
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Traces older than this many days are removed; null: everything is kept. */
  readonly retentionDays: number | null;
  /** True: the stricter limits of Langfuse; null: as the server is set. */
  readonly strict: boolean | null;
  /** Labels of prompts that only owners and admins move. */
  readonly protectedLabels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface SettingsChange {
  readonly name?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly retentionDays?: number | null | undefined;
  readonly strict?: boolean | null | undefined;
  readonly protectedLabels?: readonly string[] | undefined;
}

/** Throws COAIA-0003 for a foreign project. */
export async function getProjectSettings(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
): Promise<ProjectSettings> {
  return toSettings(ports, await requireProject(ports, scope, projectId));
}

/** Changes what is given. Throws COAIA-0002 for values that are not allowed, COAIA-0007 for a name that is taken. */
export async function updateProjectSettings(
  ports: AccessPorts,
  scope: Scope,
  projectId: string,
  change: SettingsChange,
): Promise<ProjectSettings> {
  const { name, metadata, retentionDays, strict, protectedLabels } = change;
  requireLabels(protectedLabels ?? []);
  const row = await updateProject(ports, scope, projectId, {
    name,
    metadata,
    retention: retentionDays,
    isStrict: strict,
  });
  if (protectedLabels !== undefined) {
    await ports.db.write((tx) => writeLabels(tx, projectId, protectedLabels, ports.clock()));
    const detail = protectedLabels.join(',');
    const actor = toActor(scope);
    ports.audit({ action: 'project.protect', subject: projectId, actor, projectId, detail });
  }
  return toSettings(ports, row);
}

async function toSettings(
  ports: AccessPorts,
  row: ProjectWithOrganization,
): Promise<ProjectSettings> {
  const labels = await ports.db.read<{ label: string }>(
    'SELECT label FROM protected_prompt_labels WHERE project_id = ? ORDER BY label',
    [row.id],
  );
  return {
    id: row.id,
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    metadata: toMetadata(row.metadata),
    retentionDays: row.retention_days === 0 ? null : row.retention_days,
    strict: row.strict === null ? null : row.strict === 1,
    protectedLabels: labels.map(({ label }) => label),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/** The rule of labels of prompts, which live in a room above this floor. */
const LABEL = /^[a-z0-9_\-.]{1,36}$/;

function requireLabels(labels: readonly string[]): void {
  const wrong = labels.find((label) => !LABEL.test(label));
  if (wrong === undefined) return;
  throw invalidRequest(
    `The label ${JSON.stringify(wrong)} is not allowed: 1 to 36 characters of a-z, 0-9, "_", "-" and ".".`,
  );
}

async function writeLabels(
  tx: Transaction,
  projectId: string,
  labels: readonly string[],
  now: number,
): Promise<void> {
  await tx.run('DELETE FROM protected_prompt_labels WHERE project_id = ?', [projectId]);
  const rows = [...new Set(labels)].map((label) => ({
    project_id: projectId,
    label,
    created_at: now,
  }));
  if (rows.length > 0) await tx.upsert('protected_prompt_labels', rows);
}
