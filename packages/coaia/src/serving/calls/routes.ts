/** Predictions through the workbench: the page may not reach a gateway's own address. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { callModel } from './call-model.ts';
import { callPorts } from './ports.ts';

const predict = defineRoute({
  method: 'POST',
  path: '/api/v1/deployments/:model/predict',
  operation: 'deployments.predict',
  summary: 'Ask a served model: one row or an array of rows; the answer is the one of its gateway.',
  access: 'project',
  needs: callPorts,
  body: z.object({ data: z.unknown(), version: z.string().max(20).optional() }),
  response: z.looseObject({}),
  async handler({ api, scope, params, body, signal, headers }) {
    const { status, body: json } = await callModel(api, scope, {
      model: params['model'] ?? '',
      data: body.data,
      version: body.version,
      traceparent: headers.get('traceparent') ?? undefined,
      signal,
    });
    return { status, json };
  },
});

export const callRoutes: readonly Route[] = [predict];
