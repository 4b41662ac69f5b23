/** `GET /openapi.json`: every address of the service as an OpenAPI 3.1 document, with the inputs of each model. */
import { toJsonSchema } from '../signatures/json-schema.ts';
import type { Signature } from '../signatures/signature.ts';
import type { CatalogModel } from '../versions/catalog.ts';
import type { Handle } from './addresses.ts';
import { toJson } from './answer.ts';
import type { Gateway } from './gateway.ts';
import { TERM } from './explain-rows.ts';
import { listVisible } from './page/show-page.ts';

type Json = Readonly<Record<string, unknown>>;

export const showOpenapi: Handle = (gateway, exchange) =>
  toJson(toOpenapi(gateway, listVisible(gateway, exchange)));

/** The document. Models that the caller may not ask are not in it. */
export function toOpenapi(gateway: Gateway, models: readonly CatalogModel[]): Json {
  const { project, programVersion, isLocked } = gateway;
  const described = models.flatMap(({ name, traffic, versions }) => {
    const signature = versions.get(traffic.champion)?.signature;
    return signature === undefined ? [] : [{ name, signature }];
  });
  const [only, ...others] = described;
  const short = only !== undefined && others.length === 0 ? only : undefined;
  return {
    openapi: '3.1.0',
    info: {
      title: project.name,
      version: programVersion,
      ...(project.description === undefined ? {} : { description: project.description }),
    },
    servers: [{ url: '/' }],
    paths: {
      ...(short === undefined ? {} : { '/predict': { post: toPredict('predict', short) } }),
      ...(short?.signature.explanation === undefined
        ? {}
        : { '/explain': { post: toExplain('explain', short) } }),
      ...Object.fromEntries(described.flatMap((one) => toModelPaths(one))),
      ...toCommonPaths(),
    },
    components: {
      schemas: { ...Object.fromEntries(described.flatMap(toSchemas)), Error: ERROR },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
        header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
    security: isLocked ? [{ bearer: [] }, { basic: [] }, { header: [] }] : [],
  };
}

interface Described {
  readonly name: string;
  readonly signature: Signature;
}

const ERROR: Json = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', examples: ['AO422'] },
        message: { type: 'string' },
        hint: { type: 'string' },
        details: { type: 'array', items: { type: 'object' } },
        request_id: { type: 'string' },
        trace_id: { type: 'string' },
      },
      required: ['code', 'message', 'request_id', 'trace_id'],
    },
  },
  required: ['error'],
};

const toReference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function toSchemas({ name, signature }: Described): readonly (readonly [string, Json])[] {
  const { outputs } = signature;
  const rows = toJsonSchema(signature, 'outputs');
  const [only] = outputs;
  const isOne = only !== undefined && outputs.length === 1 && only.name !== 'probability';
  const properties = rows['properties'] as Json;
  const prediction = isOne ? (properties[only.name] as Json) : rows;
  return [
    [`${name}.row`, toJsonSchema(signature)],
    [`${name}.prediction`, prediction],
  ];
}

function toPredict(operationId: string, { name, signature }: Described): Json {
  const row = toReference(`${name}.row`);
  return {
    operationId,
    summary: `Predict rows with ${name}.`,
    ...(signature.description === undefined ? {} : { description: signature.description }),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { oneOf: [row, { type: 'array', items: row }] },
          example: signature.example,
        },
        'text/csv': { schema: { type: 'string' } },
      },
    },
    responses: {
      200: {
        description: 'One prediction for each row, in their order.',
        content: { 'application/json': { schema: toAnswerSchema(name) } },
      },
      ...toFailures([400, 404, 413, 415, 422, 429, 500, 503, 504]),
    },
  };
}

function toAnswerSchema(name: string): Json {
  return {
    type: 'object',
    properties: {
      predictions: { type: 'array', items: toReference(`${name}.prediction`) },
      model: { type: 'string' },
      version: { type: 'string' },
      classes: { type: 'array' },
      request_id: { type: 'string' },
      trace_id: { type: 'string' },
      flags: { type: 'array', items: { type: 'object' } },
      warnings: { type: 'array', items: { type: 'string' } },
    },
    required: ['predictions', 'model', 'version', 'request_id', 'trace_id'],
  };
}

/** Of models that can be explained. */
function toExplain(operationId: string, one: Described): Json {
  const { kind, scale, baseline, outputs = [] } = one.signature.explanation ?? {};
  const fields = toJsonSchema({ ...one.signature, outputs }, 'outputs')['properties'] as Json;
  const terms = Object.entries(fields).filter(([name]) => name.startsWith(TERM));
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(TERM)));
  const properties =
    kind === 'terms'
      ? {
          ...own,
          terms: {
            type: 'object',
            properties: Object.fromEntries(
              terms.map(([name, field]) => [name.slice(TERM.length), field]),
            ),
          },
        }
      : fields;
  const row = { type: 'object', properties };
  const description =
    kind === 'terms'
      ? `Exact: baseline and terms add up to total, which is ${scale}. The baseline is ${baseline}.`
      : 'As the explain function beside the model computes them.';
  const { requestBody, responses } = toPredict(operationId, one);
  const content = {
    'application/json': {
      schema: {
        type: 'object',
        properties: { explanations: { type: 'array', items: row } },
        required: ['explanations'],
      },
    },
  };
  return {
    operationId,
    summary: `Explain the predictions of ${one.name}.`,
    description,
    requestBody,
    responses: {
      ...(responses as Json),
      200: { description: 'One explanation for each row, in their order.', content },
    },
  };
}

function toFailures(statuses: readonly number[]): Json {
  const content = { 'application/json': { schema: toReference('Error') } };
  return Object.fromEntries(
    statuses.map((status) => [status, { description: REASONS[status] ?? 'Failure.', content }]),
  );
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'The body cannot be read.',
  404: 'No such model or version.',
  413: 'The body is too large.',
  415: 'The body is of a type that is not taken.',
  422: 'The rows do not fit what the model takes; details say which and why.',
  429: 'Too many requests; Retry-After says when to come back.',
  500: "The model's code failed.",
  503: 'The model is not ready; Retry-After says when to come back.',
  504: 'The model did not answer in time.',
};

function toModelPaths(one: Described): readonly (readonly [string, Json])[] {
  const path = `/v1/models/${one.name}`;
  return [
    [path, { get: toGet(`describe.${one.name}`, `Describe ${one.name}.`) }],
    [`${path}/predict`, { post: toPredict(`predict.${one.name}`, one) }],
    ...(one.signature.explanation === undefined
      ? []
      : [[`${path}/explain`, { post: toExplain(`explain.${one.name}`, one) }] as const]),
    [`${path}/outcomes`, { post: toOutcomes(one.name) }],
  ];
}

function toOutcomes(name: string): Json {
  const outcome = {
    type: 'object',
    properties: { request_id: { type: 'string' }, row: { type: 'integer' }, actual: {} },
    required: ['request_id', 'actual'],
  };
  return {
    operationId: `outcomes.${name}`,
    summary: 'Tell what came true for predictions, by the ids they were answered with.',
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { oneOf: [outcome, { type: 'array', items: outcome }] } },
      },
    },
    responses: { 200: { description: 'Kept.' }, ...toFailures([400, 404]) },
  };
}

function toGet(operationId: string, summary: string): Json {
  return { operationId, summary, responses: { 200: { description: 'As asked.' } } };
}

function toCommonPaths(): Json {
  return {
    '/v1/models': { get: toGet('models', 'List the models.') },
    '/health': {
      get: {
        ...toGet('health', 'Whether predictions are possible.'),
        security: [],
        responses: { 200: { description: 'Ready.' }, 503: { description: 'Not ready.' } },
      },
    },
    '/metrics': { get: toGet('metrics', 'Counters for Prometheus.') },
  };
}
