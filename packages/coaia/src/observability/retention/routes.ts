/** Retention over HTTP: what is kept how long, and what was deleted. */
import { notFound, toIso } from '#base';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { retentionPorts } from './ports.ts';
import { toCutoff, toRun } from './retention.ts';
import { findOldCounts } from './run-retention.ts';
import { readDays, readRuns } from './storage.ts';

const RUNS_SHOWN = 50;
const NOTHING = { traces: 0, observations: 0, scores: 0 };
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

const preview = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/retention/preview',
  operation: 'retention.preview',
  summary: 'Count what retention would delete now, with the days of the project or with others.',
  access: 'project',
  needs: retentionPorts,
  query: z.object({ retentionDays: z.coerce.number().int().min(0).max(36_500).optional() }),
  response: z.object({
    retentionDays: z.int().nullable(),
    cutoff: time.nullable(),
    traces: z.int(),
    observations: z.int(),
    scores: z.int(),
  }),
  handler: async ({ api, scope, params, query }) => {
    const { projectId = '' } = params;
    const kept = projectId === scope.projectId ? await readDays(api.db, projectId) : undefined;
    if (kept === undefined) throw notFound('Project', projectId);
    const days = query.retentionDays ?? kept;
    if (days === 0) return { json: { retentionDays: null, cutoff: null, ...NOTHING } };
    const { traces, observations, scores } = (await findOldCounts(api, projectId, days)) ?? NOTHING;
    const cutoff = toIso(toCutoff(api.clock(), days));
    return { json: { retentionDays: days, cutoff, traces, observations, scores } };
  },
});

export const retentionRoutes: readonly Route[] = [list, preview];
