/** Projects over HTTP, as Langfuse has them for keys of organizations. */
import { toIso } from '#base';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { accessPorts } from '../ports.ts';
import { deleteProject, listRemovals } from './delete-project.ts';
import { toMetadata, toProjectRecord } from './project.ts';
import { createProject, listProjects, updateProject } from './projects.ts';
import {
  organizationProjectsAnswer,
  projectAnswer,
  projectBody,
  removalAnswer,
  removalsAnswer,
} from './schema.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/projects',
  operation: 'projects.create',
  summary: 'Make a project in the organization.',
  access: 'organization',
  needs: accessPorts,
  body: projectBody,
  response: projectAnswer,
  status: 201,
  handler: async ({ api, scope, body }) => ({
    status: 201,
    json: await createProject(api, scope, body),
  }),
});

const update = defineRoute({
  method: 'PUT',
  path: '/api/public/projects/:projectId',
  operation: 'projects.update',
  summary: 'Rename a project of the organization, set its metadata and retention.',
  access: 'organization',
  needs: accessPorts,
  body: projectBody,
  response: projectAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: toProjectRecord(await updateProject(api, scope, params['projectId'] ?? '', body)),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/projects/:projectId',
  operation: 'projects.delete',
  summary: 'Close a project at once and remove everything it holds in the background.',
  access: 'organization',
  needs: accessPorts,
  response: removalAnswer,
  status: 202,
  handler: async ({ api, scope, params }) => {
    await deleteProject(api, scope, params['projectId'] ?? '');
    const message =
      'The project is closed; what it holds is being removed. GET /api/v1/project-removals says how far that is.';
    return { status: 202, json: { success: true, message } };
  },
});

const list = defineRoute({
  method: 'GET',
  path: '/api/public/organizations/projects',
  operation: 'organizations.getOrganizationProjects',
  summary: 'List the projects of the organization, oldest first.',
  access: 'organization',
  permission: 'projects:read',
  needs: accessPorts,
  response: organizationProjectsAnswer,
  handler: async ({ api, scope }) => {
    const rows = await listProjects(api, scope);
    const projects = rows.map((row) => ({
      id: row.id,
      name: row.name,
      metadata: toMetadata(row.metadata),
      createdAt: toIso(row.created_at),
      updatedAt: toIso(row.updated_at),
    }));
    return { json: { projects } };
  },
});

const removals = defineRoute({
  method: 'GET',
  path: '/api/v1/project-removals',
  operation: 'projects.listRemovals',
  summary: 'Say how far the removal of deleted projects is, newest first.',
  access: 'organization',
  needs: accessPorts,
  response: removalsAnswer,
  handler: async ({ api, scope }) => {
    const states = await listRemovals(api, scope);
    const data = states.map(({ requestedAt, finishedAt, ...state }) => ({
      ...state,
      state: finishedAt === null ? 'running' : 'done',
      requestedAt: toIso(requestedAt),
      finishedAt: finishedAt === null ? null : toIso(finishedAt),
    }));
    return { json: { data } };
  },
});

export const projectRoutes: readonly Route[] = [create, update, remove, list, removals];
