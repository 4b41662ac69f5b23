/** The calls about fine-tuning jobs over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import type { FineTuningApi } from '@coaia/client';
import { cancelJob, createJob, getJob, listArtifacts, listEvents, listJobs } from './jobs.ts';
import type { FineTuningPorts } from './ports.ts';
import { eventListQuery, jobBody } from './schema.ts';

export function createLocalFineTuning(ports: FineTuningPorts, scope: Scope): FineTuningApi {
  return {
    createFineTuningJob: async (input) => createJob(ports, scope, parseRequest(jobBody, input)),
    listFineTuningJobs: (query) => listJobs(ports, scope, query),
    getFineTuningJob: (id) => getJob(ports, scope, id),
    cancelFineTuningJob: (id) => cancelJob(ports, scope, id),
    listFineTuningEvents: async (id, query) =>
      listEvents(ports, scope, id, parseRequest(eventListQuery, query).limit),
    listFineTuningArtifacts: (id) => listArtifacts(ports, scope, id),
  };
}
