/** Experiments over HTTP, as Langfuse 4 has them. */
import { defineRoute, type Route } from '#surface';
import { curationPorts } from '../ports.ts';
import { messageAnswer } from '../datasets/schema.ts';
import { compareRoutes } from './compare/routes.ts';
import { deleteExperiment } from './delete-experiment.ts';
import { listExperimentItems } from './experiment-items.ts';
import { listExperiments } from './experiments.ts';
import {
  experimentItemListAnswer,
  experimentItemListQuery,
  experimentListAnswer,
  experimentListQuery,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/experiments',
  operation: 'experiments.list',
  summary: 'List experiments, latest activity first, by cursor.',
  access: 'project',
  needs: curationPorts,
  query: experimentListQuery,
  response: experimentListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listExperiments(api, scope, query) }),
});

const listItems = defineRoute({
  method: 'GET',
  path: '/api/public/experiment-items',
  operation: 'experiments.listItems',
  summary: 'List items of experiments, newest first, by cursor.',
  access: 'project',
  needs: curationPorts,
  query: experimentItemListQuery,
  response: experimentItemListAnswer,
  handler: async ({ api, scope, query }) => ({
    json: await listExperimentItems(api, scope, query),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/experiments/:experimentId',
  operation: 'experiments.delete',
  summary: 'Delete an experiment: its run, links and own scores; traces stay (Coaia only).',
  access: 'project',
  needs: curationPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await deleteExperiment(api, scope, params['experimentId'] ?? ''),
  }),
});

export const experimentRoutes: readonly Route[] = [list, listItems, remove, ...compareRoutes];
