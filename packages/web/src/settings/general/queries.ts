import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** Settings of a project. */
export interface ProjectSettings {
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly retentionDays: number | null;
  readonly strict: boolean | null;
  readonly protectedLabels: readonly string[];
}

/** What can be changed of them. */
export type SettingsChange = Partial<
  Pick<ProjectSettings, 'name' | 'metadata' | 'retentionDays' | 'strict' | 'protectedLabels'>
>;

const toBase = (project: string) => toProjectPath(project, '').replace(/\/$/, '');

/** Key of a project's settings. */
export function toSettingsKey(project: string) {
  return ['settings', project] as const;
}

/** The settings of a project. */
export function settingsQuery(project: string) {
  return queryOptions({
    queryKey: toSettingsKey(project),
    queryFn: ({ signal }) => sendRequest<ProjectSettings>(toBase(project), { signal }),
  });
}

/** Changes what is given; the rest stays. */
export function updateSettings(project: string, change: SettingsChange): Promise<ProjectSettings> {
  return sendRequest<ProjectSettings>(toBase(project), { method: 'PATCH', body: change });
}

/** Lets this browser's session go on in another project. */
export async function openProject(projectId: string): Promise<void> {
  await sendRequest('/api/v1/session', { method: 'PATCH', body: { projectId } });
}

/** Makes a project beside this one. */
export function createProject(name: string): Promise<{ readonly id: string }> {
  return sendRequest('/api/public/projects', { method: 'POST', body: { name, retention: 0 } });
}

/** Closes a project at once; what it holds goes in the background. */
export async function deleteProject(projectId: string): Promise<void> {
  const path = `/api/public/projects/${encodeURIComponent(projectId)}`;
  await sendRequest(path, { method: 'DELETE' });
}
