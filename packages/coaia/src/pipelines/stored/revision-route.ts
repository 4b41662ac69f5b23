/** One saved revision of a template over HTTP. */
import type { Scope } from '#base';
import { defineRoute } from '#surface';
import { z } from 'zod';
import { templateFailures } from '../templates/errors.ts';
import { TEMPLATE_FORMATS } from '../templates/template.ts';
import { templatePorts } from './ports.ts';
import type { TemplatePorts } from './ports.ts';
import { readRevisions } from './storage.ts';
import { toRevision } from './summary.ts';

const revisionAnswer = z.object({
  revision: z.int(),
  version: z.string(),
  digest: z.string(),
  createdAt: z.iso.datetime(),
  text: z.string(),
  format: z.enum(TEMPLATE_FORMATS),
});

/** `GET /api/v1/pipelines/{name}/revisions/{revision}`. Fails with COAIA-5000 for one that is not there. */
export const getRevisionRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines/:name/revisions/:revision',
  operation: 'pipelines.getRevision',
  summary: 'Read the text of one saved revision of a pipeline template.',
  access: 'page',
  needs: templatePorts,
  response: revisionAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getRevision(api, scope, params['name'] ?? '', params['revision'] ?? ''),
  }),
});

async function getRevision({ db }: TemplatePorts, scope: Scope, name: string, revision: string) {
  const rows = await readRevisions(db, scope.projectId, name);
  const row = rows.find((one) => String(one.revision) === revision);
  if (row === undefined)
    throw templateFailures.create('COAIA-5000', `There is no revision ${revision} of ${name}.`, {
      hint: `coaia pipeline versions ${name}`,
    });
  return { ...toRevision(row), text: row.text, format: row.format };
}
