/** The calls about runs over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import { readGrants, replaceGrants } from './grants.ts';
import type { PipelineRunCommandsApi, PipelineRunPorts } from './ports.ts';
import {
  answerApproval,
  cancelPipelineRun,
  forkPipelineRun,
  getPipelineRun,
  listPipelineRuns,
  retryPipelineRun,
} from './runs.ts';
import { approvalBody, permissionsBody, runBody, runQuery } from './schema.ts';
import { startPipelineRun } from './start-run.ts';

/** Opens the calls over one store and project. */
export function createLocalPipelineRuns(
  ports: PipelineRunPorts,
  scope: Scope,
  openWorker: PipelineRunCommandsApi['openWorker'],
): PipelineRunCommandsApi {
  const warnings: string[] = [];
  return {
    warnings,
    openWorker,
    async startPipelineRun(input, options = {}) {
      const started = await startPipelineRun(ports, scope, parseRequest(runBody, input), options);
      warnings.splice(0, warnings.length, ...started.warnings);
      return started.run;
    },
    listPipelineRuns: async (query) =>
      listPipelineRuns(ports, scope, parseRequest(runQuery, toTexts(query))),
    getPipelineRun: (id) => getPipelineRun(ports, scope, id),
    cancelPipelineRun: (id) => cancelPipelineRun(ports, scope, id),
    retryPipelineRun: (id) => retryPipelineRun(ports, scope, id),
    forkPipelineRun: (id, { fromStep }) => forkPipelineRun(ports, scope, { id, fromStep }),
    answerApproval: async (id, step, answer) =>
      answerApproval(ports, scope, { id, step, ...parseRequest(approvalBody, answer) }),
    getPipelinePermissions: async () => ({ allowed: await readGrants(ports.db, scope.projectId) }),
    updatePipelinePermissions: async (change) => ({
      allowed: await replaceGrants(ports.db, scope, parseRequest(permissionsBody, change).allowed),
    }),
  };
}

/** Queries are texts, as in an address. */
export function toTexts(query: object): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}
