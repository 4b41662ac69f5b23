/** The project that a key pair belongs to. */
import { z } from 'zod';
import { findProject } from '#access';
import { notFound } from '#base';
import { defineRoute } from '#surface';
import { platformPorts } from './platform-ports.ts';

const project = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  metadata: z.record(z.string(), z.unknown()),
  retentionDays: z.number().optional(),
});

export const getProjects = defineRoute({
  method: 'GET',
  path: '/api/public/projects',
  operation: 'projects.get',
  summary: 'The project of the key pair, in a list of one.',
  access: 'project',
  permission: 'project:read',
  needs: platformPorts,
  response: z.object({ data: z.array(project) }),
  handler: async ({ api, scope }) => {
    const found = await findProject(api.db, scope.projectId);
    if (found === undefined) throw notFound('Project', scope.projectId);
    return { json: { data: [found] } };
  },
});
