/** OpenAPI 3.1 of a service: what can be asked of each model, with its own types. */
import { toJsonSchema } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Signature } from './signature.ts';

export interface ServiceDescription {
  readonly name: string;
  readonly description?: string;
  /** Where it answers; default: the same place that the document came from. */
  readonly url?: string;
}

export interface DescribedModel {
  readonly name: string;
  readonly signature: Signature;
}

/** The document as an object. The same input gives the same document, in the same order. */
export function toOpenApi(
  service: ServiceDescription,
  models: readonly DescribedModel[],
): JsonSchema {
  const { name, description, url = '/' } = service;
  const [only, ...others] = models;
  const isSingle = only !== undefined && others.length === 0;
  return {
    openapi: '3.1.0',
    info: {
      title: name,
      version: '1',
      description: description ?? `Predictions of ${models.map((model) => model.name).join(', ')}.`,
    },
    servers: [{ url }],
    paths: {
      ...(isSingle ? { '/predict': { post: toPredict(only, 'predict') } } : {}),
      ...join(models.map(toPaths)),
      '/health': { get: HEALTH },
    },
    components: {
      schemas: {
        ...join(models.map(toSchemas)),
        Error: ERROR,
        Flag: FLAG,
      },
      securitySchemes: SECURITY,
    },
    security: [{}, { bearer: [] }, { key: [] }],
  };
}

const join = (parts: readonly JsonSchema[]): JsonSchema =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));

const toPath = (model: string) => `/v1/models/${encodeURIComponent(model)}`;

/** Where rows for the model are posted. */
export const toPredictPath = (model: string) => `${toPath(model)}/predict`;

function toPaths(model: DescribedModel): JsonSchema {
  const path = toPath(model.name);
  return {
    [toPredictPath(model.name)]: { post: toPredict(model, `predict_${model.name}`) },
    [path]: {
      get: {
        operationId: `describe_${model.name}`,
        summary: `What ${model.name} takes and gives, and its versions`,
        responses: { 200: toResponse('The model.', { type: 'object' }), ...toErrors(['404']) },
      },
    },
  };
}

const toName = (model: string, part: string) =>
  `${model.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.${part}`;
const toReference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function toSchemas({ name, signature }: DescribedModel): JsonSchema {
  const [only, ...others] = signature.outputs;
  const output = toJsonSchema(signature, 'outputs');
  // A single output is answered by itself.
  const isBare = only !== undefined && others.length === 0 && only.name !== 'probability';
  const properties = output['properties'] as Readonly<Record<string, JsonSchema>>;
  return {
    [toName(name, 'Row')]: toJsonSchema(signature),
    [toName(name, 'Prediction')]: isBare ? properties[only.name] : output,
  };
}

function toPredict({ name, signature }: DescribedModel, operationId: string): JsonSchema {
  const row = toReference(toName(name, 'Row'));
  return {
    operationId,
    summary: `Predict with ${name}`,
    ...(signature.description === undefined ? {} : { description: signature.description }),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { anyOf: [row, { type: 'array', items: row }] },
          examples: {
            'one row': { value: signature.example },
            'several rows': { value: [signature.example] },
          },
        },
        'text/csv': { schema: { type: 'string' } },
      },
    },
    responses: {
      200: toResponse('Predictions in the order of the rows.', toAnswer(name, signature)),
      ...toErrors(['400', '404', '422', '429', '500', '503', '504']),
    },
  };
}

function toAnswer(name: string, { classes, outputs }: Signature): JsonSchema {
  return {
    type: 'object',
    required: ['predictions', 'model', 'version', 'request_id', 'trace_id'],
    properties: {
      predictions: { type: 'array', items: toReference(toName(name, 'Prediction')) },
      model: { type: 'string' },
      version: { type: 'string' },
      ...(classes === undefined || outputs.every((output) => output.name !== 'probability')
        ? {}
        : {
            classes: {
              type: 'array',
              description: 'The order of the probabilities.',
              const: classes,
            },
          }),
      request_id: { type: 'string' },
      trace_id: { type: 'string' },
      flags: { type: 'array', items: toReference('Flag') },
      warnings: { type: 'array', items: { type: 'string' } },
    },
  };
}

const toResponse = (description: string, schema: JsonSchema) => ({
  description,
  content: { 'application/json': { schema } },
});

const FAILURES: Readonly<Record<string, string>> = {
  400: 'The body is no JSON or no CSV.',
  404: 'There is no such model or version.',
  422: 'A row does not fit the model; the details name row, field, what came and what is wanted.',
  429: 'Too many requests wait; try again after the seconds in Retry-After.',
  500: 'The code of the model failed; the trace has the reason.',
  503: 'The model is not ready; try again after the seconds in Retry-After.',
  504: 'The prediction took longer than allowed.',
};

function toErrors(statuses: readonly string[]): JsonSchema {
  return Object.fromEntries(
    statuses.map((status) => [status, toResponse(FAILURES[status] ?? '', toReference('Error'))]),
  );
}

const HEALTH = {
  operationId: 'health',
  summary: 'Whether the service and its models are ready',
  security: [{}],
  responses: {
    200: toResponse('Ready.', { type: 'object' }),
    503: toResponse('Not ready.', { type: 'object' }),
  },
};

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', examples: ['AO422'] },
        message: { type: 'string' },
        hint: { type: 'string' },
        details: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              row: { type: 'integer', description: 'Counts from 0.' },
              field: { type: 'string' },
              path: { type: 'string' },
              got: { type: 'string' },
              wanted: { type: 'string' },
              allowed: { type: 'array', items: {} },
            },
          },
        },
        request_id: { type: 'string' },
        trace_id: { type: 'string' },
      },
    },
  },
};

const FLAG = {
  type: 'object',
  required: ['code', 'row', 'field', 'message'],
  properties: {
    code: { type: 'string', examples: ['AO451'] },
    row: { type: 'integer', description: 'Counts from 0.' },
    field: { type: 'string' },
    message: { type: 'string' },
  },
};

/** Open on this machine; elsewhere one of these. */
const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer' },
  key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
};
