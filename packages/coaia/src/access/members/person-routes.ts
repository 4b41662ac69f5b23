/** Who may be in a project, for its page of settings: Coaia's own addresses. */
import { notFound } from '#base';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { accessPorts } from '../ports.ts';
import { createSignInLink } from '../sign-in.ts';
import { createUser } from '../users/users.ts';
import { listProjectPeople, removeProjectMember, updateProjectMember } from './project-members.ts';
import {
  memberRemovalBody,
  memberRemovedAnswer,
  peopleAnswer,
  personAnswer,
  personBody,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/members',
  operation: 'members.list',
  summary: 'List everybody who may be in this project, with the role that counts.',
  access: 'page',
  needs: accessPorts,
  response: peopleAnswer,
  handler: async ({ api, scope, params }) => ({
    json: { members: await listProjectPeople(api, scope, params['projectId'] ?? '') },
  }),
});

const update = defineRoute({
  method: 'PUT',
  path: '/api/v1/projects/:projectId/members',
  operation: 'members.update',
  summary: 'Give somebody a role in this project; an address that nobody has is invited.',
  access: 'page',
  needs: accessPorts,
  body: personBody,
  response: personAnswer,
  handler: async ({ api, scope, params, body }) => {
    const projectId = params['projectId'] ?? '';
    const { email, name, role, userId } = body;
    if (email === undefined) {
      const change = { userId: userId ?? '', role };
      const member = await updateProjectMember(api, scope, projectId, change, 'project');
      return { json: { ...member, signInPath: null } };
    }
    const project = { id: projectId, role };
    const { user, isNew } = await createUser(api, scope, { email, name, project });
    const link = isNew
      ? await createSignInLink(api.db, projectId, { clock: api.clock, userId: user.id })
      : undefined;
    const member = { userId: user.id, role, email: user.email, name: user.name ?? '' };
    return { json: { ...member, signInPath: link?.path ?? null } };
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/v1/projects/:projectId/members',
  operation: 'members.delete',
  summary: 'Take the role in this project away; who has none in the organization is then outside.',
  access: 'page',
  needs: accessPorts,
  body: memberRemovalBody,
  response: memberRemovedAnswer,
  handler: async ({ api, scope, params, body }) => {
    const projectId = params['projectId'] ?? '';
    const people = await listProjectPeople(api, scope, projectId);
    const person = people.find(({ userId }) => userId === body.userId);
    if (person === undefined) throw notFound('User', body.userId);
    await removeProjectMember(api, scope, projectId, body.userId, 'project');
    return { json: { message: 'Membership deleted successfully', userId: body.userId } };
  },
});

export const personRoutes: readonly Route[] = [list, update, remove];
