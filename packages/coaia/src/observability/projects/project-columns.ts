/** Projects as tables show them. */
import type { Column } from '#surface';
import type { Project } from '@coaia/client';

export const PROJECT_COLUMNS: readonly Column<Project>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'Name', value: ({ name }) => name },
  { header: 'Organization', value: (project) => toOrganization(project), drop: 1 },
];

/** Older servers name no organization. */
function toOrganization(project: Project): string {
  const { organization } = project as { readonly organization?: { readonly name?: string } };
  return organization?.name ?? 'N/A';
}
