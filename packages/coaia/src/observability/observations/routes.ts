/** Observations over HTTP: the entity form of Langfuse v1 and the flat form of v2. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { getObservation, listObservations, listObservationsV2 } from './observations.ts';
import {
  observationAnswer,
  observationListAnswer,
  observationListQuery,
  observationV2Answer,
  observationV2Query,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/observations',
  operation: 'legacy_observationsV1.getMany',
  summary: 'List observations, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: observationListQuery,
  response: observationListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listObservations(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/observations/:observationId',
  operation: 'legacy_observationsV1.get',
  summary: 'Read one observation.',
  access: 'project',
  needs: observabilityPorts,
  response: observationAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getObservation(api, scope, params['observationId'] ?? ''),
  }),
});

const listV2 = defineRoute({
  method: 'GET',
  path: '/api/public/v2/observations',
  operation: 'observations.getMany',
  summary: 'List observations, newest first, by cursor and with chosen groups of fields.',
  access: 'project',
  needs: observabilityPorts,
  query: observationV2Query,
  response: observationV2Answer,
  handler: async ({ api, scope, query }) => ({ json: await listObservationsV2(api, scope, query) }),
});

export const observationRoutes: readonly Route[] = [list, get, listV2];
