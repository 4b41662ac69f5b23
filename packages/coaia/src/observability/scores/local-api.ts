/** The calls about scores and score configs over the embedded store. */
import { findProject } from '#access';
import { invalidRequest, parseTime, type Scope } from '#base';
import type { ScoreQuery, ScoresApi } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import type { ScoreListQuery } from './schema.ts';

/** Each call loads its part of the room when it is first used. */
export function createLocalScores(ports: ObservabilityPorts, scope: Scope): ScoresApi {
  const configs = () => import('../score-configs/score-configs.ts');
  const scores = () => import('./scores.ts');
  return {
    origin: { kind: 'local' },
    async createScore(input) {
      const { createScore } = await import('./create-score.ts');
      return createScore(ports, scope, { ...input });
    },
    async listScores(query) {
      return (await scores()).listScores(ports, scope, toListQuery(query));
    },
    async getScore(scoreId) {
      return (await scores()).getScore(ports, scope, scoreId);
    },
    async deleteScore(scoreId) {
      return (await scores()).deleteScore(ports, scope, scoreId);
    },
    async listScoreConfigs({ page = 1, limit = 50 }) {
      return (await configs()).listScoreConfigs(ports, scope, { page, limit });
    },
    async getScoreConfig(configId) {
      return (await configs()).getScoreConfig(ports, scope, configId);
    },
    async createScoreConfig({ categories, ...input }) {
      const body = {
        ...input,
        ...(categories === undefined ? {} : { categories: [...categories] }),
      };
      return (await configs()).createScoreConfig(ports, scope, body);
    },
    async updateScoreConfig(configId, { categories, ...change }) {
      const body = {
        ...change,
        ...(categories === undefined ? {} : { categories: [...categories] }),
      };
      return (await configs()).updateScoreConfig(ports, scope, configId, body);
    },
    async listProjects() {
      const project = await findProject(ports.db, scope.projectId);
      return { data: project === undefined ? [] : [project] };
    },
  };
}

/** The query as the route's schema would give it; what is absent stays away. */
function toListQuery(query: ScoreQuery): ScoreListQuery {
  const { page = 1, limit = 50, fromTimestamp, toTimestamp, ...rest } = query;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(given as Partial<ScoreListQuery>),
    page,
    limit,
    fromTimestamp: toTime('fromTimestamp', fromTimestamp),
    toTimestamp: toTime('toTimestamp', toTimestamp),
  };
}

function toTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(text);
  if (time === undefined) throw invalidRequest(`"${name}" is no ISO 8601 time: ${text}`);
  return time;
}
