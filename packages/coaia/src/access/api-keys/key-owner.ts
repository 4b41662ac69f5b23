/** Whose keys a command means: the project in use, another one, or the organization. */
import { invalidRequest } from '#base';
import type { AdministrationApi, KeyOwner } from '@coaia/client';

export const ownerOptions = {
  project: {
    type: 'string',
    placeholder: 'ID',
    summary: 'Another project than the one in use',
  },
  organization: { type: 'boolean', summary: 'Keys that administrate the organization' },
} as const;

/** Throws COAIA-0002 when both are given. */
export async function findOwner(
  api: Pick<AdministrationApi, 'getProjectId'>,
  options: { readonly project: string | undefined; readonly organization: boolean | undefined },
): Promise<KeyOwner> {
  if (options.organization !== true)
    return { projectId: options.project ?? (await api.getProjectId()) };
  if (options.project === undefined) return { organization: true };
  throw invalidRequest('Give --project or --organization, not both.');
}
