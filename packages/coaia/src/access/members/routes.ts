/** Memberships over HTTP, as Langfuse has them for keys of organizations. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { accessPorts } from '../ports.ts';
import {
  listOrganizationMembers,
  removeOrganizationMember,
  updateOrganizationMember,
} from './organization-members.ts';
import { listProjectMembers, removeProjectMember, updateProjectMember } from './project-members.ts';
import {
  memberAnswer,
  memberBody,
  memberRemovalBody,
  memberRemovedAnswer,
  membersAnswer,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/organizations/memberships',
  operation: 'organizations.getOrganizationMemberships',
  summary: 'List the people of the organization and their roles.',
  access: 'organization',
  needs: accessPorts,
  response: membersAnswer,
  handler: async ({ api, scope }) => ({
    json: { memberships: await listOrganizationMembers(api, scope) },
  }),
});

const update = defineRoute({
  method: 'PUT',
  path: '/api/public/organizations/memberships',
  operation: 'organizations.updateOrganizationMembership',
  summary: 'Give somebody who has an account a role in the organization.',
  access: 'organization',
  needs: accessPorts,
  body: memberBody,
  response: memberAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await updateOrganizationMember(api, scope, body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/organizations/memberships',
  operation: 'organizations.deleteOrganizationMembership',
  summary: 'Take somebody out of the organization and its projects.',
  access: 'organization',
  needs: accessPorts,
  body: memberRemovalBody,
  response: memberRemovedAnswer,
  handler: async ({ api, scope, body }) => {
    await removeOrganizationMember(api, scope, body.userId);
    return { json: toRemoved(body.userId) };
  },
});

const listInProject = defineRoute({
  method: 'GET',
  path: '/api/public/projects/:projectId/memberships',
  operation: 'organizations.getProjectMemberships',
  summary: 'List the people who have a role of their own in a project.',
  access: 'organization',
  needs: accessPorts,
  response: membersAnswer,
  handler: async ({ api, scope, params }) => ({
    json: { memberships: await listProjectMembers(api, scope, params['projectId'] ?? '') },
  }),
});

const updateInProject = defineRoute({
  method: 'PUT',
  path: '/api/public/projects/:projectId/memberships',
  operation: 'organizations.updateProjectMembership',
  summary: 'Give a member of the organization a role of their own in a project.',
  access: 'organization',
  needs: accessPorts,
  body: memberBody,
  response: memberAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateProjectMember(api, scope, params['projectId'] ?? '', body),
  }),
});

const removeInProject = defineRoute({
  method: 'DELETE',
  path: '/api/public/projects/:projectId/memberships',
  operation: 'organizations.deleteProjectMembership',
  summary: 'Take the role in a project away, so that the one in the organization counts.',
  access: 'organization',
  needs: accessPorts,
  body: memberRemovalBody,
  response: memberRemovedAnswer,
  handler: async ({ api, scope, params, body }) => {
    await removeProjectMember(api, scope, params['projectId'] ?? '', body.userId);
    return { json: toRemoved(body.userId) };
  },
});

function toRemoved(userId: string) {
  return { message: 'Membership deleted successfully', userId };
}

export const memberRoutes: readonly Route[] = [
  list,
  update,
  remove,
  listInProject,
  updateInProject,
  removeInProject,
];
