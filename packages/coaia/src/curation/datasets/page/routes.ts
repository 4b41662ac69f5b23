/** The page's own API over datasets. Names hold slashes, so they stand in queries and bodies. */
import { defineRoute, type Route } from '#surface';
import { curationPorts } from '../../ports.ts';
import { renderDatasetFile } from './export-file.ts';
import { addTraceItems } from './from-traces.ts';
import { importDatasetItems } from './import-items.ts';
import { listDatasetLines } from './lines.ts';
import {
  changesAnswer,
  diffAnswer,
  diffQuery,
  fileQuery,
  importAnswer,
  importBody,
  linesAnswer,
  linesQuery,
  nameQuery,
  tracesBody,
} from './schema.ts';
import { listDatasetChanges, readDatasetDiff } from './versions.ts';

const shared = { access: 'page', needs: curationPorts } as const;

const lines = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/datasets',
  operation: 'page.datasets',
  summary: 'List datasets by name, with counts of items and runs.',
  query: linesQuery,
  response: linesAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listDatasetLines(api, scope, query) }),
});

const changes = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/dataset-changes',
  operation: 'page.datasetChanges',
  summary: 'List the moments at which items of a dataset changed.',
  query: nameQuery,
  response: changesAnswer,
  handler: async ({ api, scope, query }) => ({
    json: await listDatasetChanges(api, scope, query.name),
  }),
});

const diff = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/dataset-diff',
  operation: 'page.datasetDiff',
  summary: 'Read what two versions of a dataset have differently.',
  query: diffQuery,
  response: diffAnswer,
  handler: async ({ api, scope, query }) => ({ json: await readDatasetDiff(api, scope, query) }),
});

const file = defineRoute({
  ...shared,
  method: 'GET',
  path: '/api/v1/projects/:projectId/dataset-file',
  operation: 'page.datasetFile',
  summary: 'Download a dataset as JSON lines, CSV or a training file.',
  query: fileQuery,
  handler: async ({ api, scope, query }) => ({
    response: await renderDatasetFile(api, scope, query),
  }),
});

const importItems = defineRoute({
  ...shared,
  method: 'POST',
  path: '/api/v1/projects/:projectId/dataset-imports',
  operation: 'page.importDatasetItems',
  summary: 'Store many items together, or only check them; one that does not fit stops all.',
  bodyLimit: 32 * 1024 * 1024,
  body: importBody,
  response: importAnswer,
  handler: async ({ api, scope, body }) => ({ json: await importDatasetItems(api, scope, body) }),
});

const addTraces = defineRoute({
  ...shared,
  method: 'POST',
  path: '/api/v1/projects/:projectId/dataset-trace-imports',
  operation: 'page.addTracesToDataset',
  summary: 'Make items of traces; those that are there already are left as they are.',
  body: tracesBody,
  response: importAnswer,
  handler: async ({ api, scope, body }) => ({ json: await addTraceItems(api, scope, body) }),
});

export const datasetPageRoutes: readonly Route[] = [
  lines,
  changes,
  diff,
  file,
  importItems,
  addTraces,
];
