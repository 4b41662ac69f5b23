/** The calls about templates over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import type { PipelinesApi } from '@coaia/client';
import type { TemplatePorts } from './ports.ts';
import { previewBody, putBody, textBody } from './schema.ts';
import {
  deletePipeline,
  getPipeline,
  listPipelines,
  previewPipeline,
  putPipeline,
  validatePipeline,
} from './stored-templates.ts';

/** Opens the calls over one store and project. */
export function createLocalTemplates(ports: TemplatePorts, scope: Scope): PipelinesApi {
  return {
    listPipelines: () => listPipelines(ports, scope),
    getPipeline: (name, range) => getPipeline(ports, scope, name, range),
    putPipeline: async (name, input) =>
      putPipeline(ports, scope, name, parseRequest(putBody, input)),
    deletePipeline: (name) => deletePipeline(ports, scope, name),
    validatePipeline: async (input) =>
      validatePipeline(ports, scope, parseRequest(textBody, input)),
    previewPipeline: async (input) =>
      previewPipeline(ports, scope, parseRequest(previewBody, input)),
  };
}
