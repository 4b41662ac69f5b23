/** Retention over HTTP: what is kept how long, and what was deleted. */
import { notFound, toIso } from '#base';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { retentionPorts } from './ports.ts';
import { toCutoff, toRun } from './retention.ts';
import { readDays, readRuns } from './storage.ts';

const RUNS_SHOWN = 50;
const time = z.iso.datetime();

const run = z.object({
  id: z.string(),
  retentionDays: z.int(),
  cutoff: time,
  startedAt: time,
  endedAt: time.nullable(),
  traces: z.int(),
  observations: z.int(),
  scores: z.int(),
  sessions: z.int(),
  media: z.int(),
  mediaBytes: z.int(),
  error: z.string().nullable(),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/retention',
  operation: 'retention.list',
  summary: 'Show how many days a project keeps things, and what its last runs deleted.',
  access: 'project',
  needs: retentionPorts,
  response: z.object({
    retentionDays: z.int().nullable(),
    cutoff: time.nullable(),
    runs: z.array(run),
  }),
  handler: async ({ api, scope, params }) => {
    const { projectId = '' } = params;
    const days = projectId === scope.projectId ? await readDays(api.db, projectId) : undefined;
    if (days === undefined) throw notFound('Project', projectId);
    const runs = await readRuns(api.db, projectId, RUNS_SHOWN);
    return {
      json: {
        retentionDays: days === 0 ? null : days,
        cutoff: days === 0 ? null : toIso(toCutoff(api.clock(), days)),
        runs: runs.map(toRun),
      },
    };
  },
});

export const retentionRoutes: readonly Route[] = [list];
