/** The write endpoints of the first SDKs: one object per call, over the same ingestion as everything else. */
import { defineRoute, type Route } from '#surface';
import { observationAnswer } from '../observations/schema.ts';
import { observabilityPorts } from '../ports.ts';
import { traceAnswer } from '../traces/schema.ts';
import { createBody, toUpdateBody } from './schema.ts';
import { writeObservation, writeTrace } from './write-one.ts';

const createSpan = defineRoute({
  method: 'POST',
  path: '/api/public/spans',
  operation: 'spans.create',
  summary: 'Store one span; newer clients send batches.',
  access: 'project',
  needs: observabilityPorts,
  body: createBody,
  response: observationAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await writeObservation(api, scope, 'span-create', body),
  }),
});

const updateSpan = defineRoute({
  method: 'PATCH',
  path: '/api/public/spans',
  operation: 'spans.update',
  summary: 'Change one span by spanId.',
  access: 'project',
  needs: observabilityPorts,
  body: toUpdateBody('spanId'),
  response: observationAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await writeObservation(api, scope, 'span-update', body),
  }),
});

const createGeneration = defineRoute({
  method: 'POST',
  path: '/api/public/generations',
  operation: 'generations.create',
  summary: 'Store one generation; newer clients send batches.',
  access: 'project',
  needs: observabilityPorts,
  body: createBody,
  response: observationAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await writeObservation(api, scope, 'generation-create', body),
  }),
});

const updateGeneration = defineRoute({
  method: 'PATCH',
  path: '/api/public/generations',
  operation: 'generations.update',
  summary: 'Change one generation by generationId.',
  access: 'project',
  needs: observabilityPorts,
  body: toUpdateBody('generationId'),
  response: observationAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await writeObservation(api, scope, 'generation-update', body),
  }),
});

const createEvent = defineRoute({
  method: 'POST',
  path: '/api/public/events',
  operation: 'events.create',
  summary: 'Store one event; newer clients send batches.',
  access: 'project',
  needs: observabilityPorts,
  body: createBody,
  response: observationAnswer,
  handler: async ({ api, scope, body }) => ({
    json: await writeObservation(api, scope, 'event-create', body),
  }),
});

const createTrace = defineRoute({
  method: 'POST',
  path: '/api/public/traces',
  operation: 'traces.create',
  summary: 'Store one trace, or change the fields given; newer clients send batches.',
  access: 'project',
  needs: observabilityPorts,
  body: createBody,
  response: traceAnswer,
  handler: async ({ api, scope, body }) => ({ json: await writeTrace(api, scope, body) }),
});

export const legacyRoutes: readonly Route[] = [
  createSpan,
  updateSpan,
  createGeneration,
  updateGeneration,
  createEvent,
  createTrace,
];
