/** The calls about experiments over the embedded store, for commands: bounded as over HTTP. */
import { invalidRequest, type Scope } from '#base';
import type { ExperimentsApi } from '@coaia/client';
import type { ZodType } from 'zod';
import type { CurationPorts } from '../ports.ts';
import { compareExperiments } from './compare/compare.ts';
import { listExperimentLines } from './compare/lines.ts';
import { compareQuery, linesQuery } from './compare/schema.ts';

/** Opens the calls over one store and project. */
export function createLocalExperiments(ports: CurationPorts, scope: Scope): ExperimentsApi {
  return {
    listExperimentLines: async (query) =>
      listExperimentLines(ports, scope, parse(linesQuery, query)),
    compareExperiments: async (query) =>
      compareExperiments(ports, scope, parse(compareQuery, query)),
  };
}

function parse<T>(schema: ZodType<T>, query: object): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidRequest(`"${issue?.path.join('.')}": ${issue?.message}`, result.error.issues);
}
