/**
 * What answers look like: field names, types, which may be null and which may be absent.
 * Facts transcribed from the OpenAPI document of Langfuse 4.16; a field not named here may be there as well.
 *
 * `string` `number` `int` `boolean` `time` `any` `map` `strings`; `?` may be null, `*` may be absent.
 */

export interface Shape {
  readonly [name: string]: string | readonly [Shape] | Shape;
}

export const TRACE = {
  id: 'string',
  timestamp: 'time',
  name: 'string?',
  input: 'any',
  output: 'any',
  sessionId: 'string?',
  release: 'string?',
  version: 'string?',
  userId: 'string?',
  metadata: 'any',
  tags: 'strings',
  public: 'boolean',
  environment: 'string',
} as const satisfies Shape;

const TRACE_METRICS = { htmlPath: 'string', latency: 'number', totalCost: 'number' } as const;

export const OBSERVATION = {
  id: 'string',
  traceId: 'string?',
  type: 'string',
  name: 'string?',
  startTime: 'time',
  endTime: 'time?',
  completionStartTime: 'time?',
  model: 'string?',
  modelParameters: 'any',
  input: 'any',
  output: 'any',
  version: 'string?',
  metadata: 'any',
  usage: { input: 'int', output: 'int', total: 'int', unit: 'string?' },
  level: 'string',
  statusMessage: 'string?',
  parentObservationId: 'string?',
  promptId: 'string?',
  usageDetails: 'map',
  costDetails: 'map',
  environment: 'string',
  promptName: 'string?',
  promptVersion: 'int?',
  modelId: 'string?',
  inputPrice: 'number?',
  outputPrice: 'number?',
  totalPrice: 'number?',
  calculatedInputCost: 'number?',
  calculatedOutputCost: 'number?',
  calculatedTotalCost: 'number?',
  latency: 'number?',
  timeToFirstToken: 'number?',
} as const satisfies Shape;

export const SCORE = {
  id: 'string',
  traceId: 'string',
  name: 'string',
  source: 'string',
  observationId: 'string?*',
  timestamp: 'time',
  createdAt: 'time',
  updatedAt: 'time',
  authorUserId: 'string?',
  comment: 'string?',
  metadata: 'any',
  configId: 'string?',
  queueId: 'string?',
  environment: 'string',
  dataType: 'string',
} as const satisfies Shape;

const SESSION = {
  id: 'string',
  createdAt: 'time',
  projectId: 'string',
  environment: 'string',
} as const satisfies Shape;

/** What numbered pages say about themselves. */
export const PAGE = { page: 'int', limit: 'int', totalItems: 'int', totalPages: 'int' } as const;

/** Every group of `fields` in its order; a group that was asked for is complete. */
export const OBSERVATION_V2_GROUPS = {
  core: {
    id: 'string',
    traceId: 'string?',
    startTime: 'time',
    endTime: 'time?',
    projectId: 'string',
    parentObservationId: 'string?',
    type: 'string',
  },
  basic: {
    name: 'string?',
    level: 'string',
    statusMessage: 'string?',
    version: 'string?',
    environment: 'string',
    bookmarked: 'boolean',
    public: 'boolean',
    userId: 'string?',
    sessionId: 'string?',
    isRootObservation: 'boolean',
  },
  time: { completionStartTime: 'time?', createdAt: 'time', updatedAt: 'time' },
  io: { input: 'string?', output: 'string?' },
  metadata: { metadata: 'map' },
  model: {
    providedModelName: 'string?',
    internalModelId: 'string?',
    modelId: 'string?',
    modelParameters: 'any',
    inputPrice: 'string?',
    outputPrice: 'string?',
    totalPrice: 'string?',
  },
  usage: {
    usageDetails: 'map',
    costDetails: 'map',
    totalCost: 'number?',
    usagePricingTierName: 'string?',
  },
  prompt: { promptId: 'string?', promptName: 'string?', promptVersion: 'int?' },
  metrics: { latency: 'number?', timeToFirstToken: 'number?' },
  trace_context: { tags: 'strings', release: 'string?', traceName: 'string?' },
} as const satisfies Readonly<Record<string, Shape>>;

/** There in every answer; null unless `model` was asked for. */
export const OBSERVATION_V2_ALWAYS = {
  modelId: 'string?',
  inputPrice: 'string?',
  outputPrice: 'string?',
  totalPrice: 'string?',
} as const satisfies Shape;

const OBSERVATION_V2 = {
  ...OBSERVATION_V2_GROUPS.core,
  ...OBSERVATION_V2_GROUPS.basic,
  ...OBSERVATION_V2_ALWAYS,
};

/** Answer of each operation. */
export const ANSWERS: Readonly<Record<string, Shape>> = {
  health_health: { version: 'string', status: 'string' },
  ingestion_batch: {
    successes: [{ id: 'string', status: 'int' }],
    errors: [{ id: 'string', status: 'int', message: 'string?*', error: 'any*' }],
  },
  opentelemetry_exportTraces: {},
  trace_list: {
    data: [{ ...TRACE, ...TRACE_METRICS, observations: 'strings', scores: 'strings' }],
    meta: PAGE,
  },
  trace_get: { ...TRACE, ...TRACE_METRICS, observations: [OBSERVATION], scores: [SCORE] },
  trace_delete: { message: 'string' },
  trace_deleteMultiple: { message: 'string' },
  legacy_observationsV1_getMany: { data: [OBSERVATION], meta: PAGE },
  legacy_observationsV1_get: OBSERVATION,
  observations_getMany: { data: [OBSERVATION_V2], meta: { cursor: 'string?*' } },
  sessions_list: { data: [SESSION], meta: PAGE },
  sessions_get: { ...SESSION, traces: [TRACE] },
  projects_get: {
    data: [
      {
        id: 'string',
        name: 'string',
        organization: { id: 'string', name: 'string' },
        metadata: 'map',
        retentionDays: 'int?*',
      },
    ],
  },
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  int: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  time: (value) => typeof value === 'string' && TIME.test(value),
  any: () => true,
  map: isMap,
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a value, one line per field; empty when it has the shape. */
export function findShapeProblems(value: unknown, shape: Shape, at = ''): readonly string[] {
  if (!isMap(value)) return [`${at}: no object`];
  return Object.entries(shape).flatMap(([name, kind]) => {
    const place = `${at}.${name}`;
    const field = value[name];
    if (typeof kind === 'string') return findFieldProblem(field, kind, place);
    if (!isList(kind)) return findShapeProblems(field, kind, place);
    if (!Array.isArray(field)) return [`${place}: no list`];
    return field.flatMap((item, index) => findShapeProblems(item, kind[0], `${place}[${index}]`));
  });
}

function isList(kind: readonly [Shape] | Shape): kind is readonly [Shape] {
  return Array.isArray(kind);
}

function findFieldProblem(value: unknown, kind: string, place: string): readonly string[] {
  const name = kind.replace(/[?*]+$/, '');
  if (value === undefined) return kind.endsWith('*') ? [] : [`${place}: absent`];
  if (value === null && (kind.includes('?') || name === 'any')) return [];
  const fits = TYPES[name];
  if (fits === undefined) throw new TypeError(`no type ${name}`);
  return fits(value) ? [] : [`${place}: ${JSON.stringify(value)} is no ${kind}`];
}
