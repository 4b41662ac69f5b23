/** The settings of the caller's project: Coaia's own addresses. */
import { z } from 'zod';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { accessPorts } from '../ports.ts';
import { getProjectSettings, updateProjectSettings } from './project-settings.ts';

const metadata = z.record(z.string(), z.unknown());

export const settingsAnswer = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  metadata,
  retentionDays: z.int().nullable(),
  strict: z.boolean().nullable(),
  protectedLabels: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const settingsBody = z.strictObject({
  name: z.string().optional(),
  metadata: metadata.optional(),
  retentionDays: z.number().nullish(),
  strict: z.boolean().nullish(),
  protectedLabels: z.array(z.string()).max(200).optional(),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId',
  operation: 'projectSettings.get',
  summary: 'Read the settings of this project.',
  access: 'page',
  needs: accessPorts,
  response: settingsAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getProjectSettings(api, scope, params['projectId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/v1/projects/:projectId',
  operation: 'projectSettings.update',
  summary: 'Change settings of this project; what is not given stays.',
  access: 'page',
  needs: accessPorts,
  body: settingsBody,
  response: settingsAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateProjectSettings(api, scope, params['projectId'] ?? '', body),
  }),
});

export const settingsRoutes: readonly Route[] = [get, update];
