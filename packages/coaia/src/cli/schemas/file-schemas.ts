/** JSON Schemas (draft 2020-12) of the files that people write, for editors and other programs. */
import { loadSettingsTools, services } from '#config';

type Schema = Readonly<Record<string, unknown>>;

export interface FileSchema {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Schema>;
}

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

const text = { type: 'string' } as const;
const scalar = { type: ['string', 'number', 'boolean'] } as const;
const any = {} as const;

function toSchema(name: string, title: string, body: Schema): Schema {
  return { $schema: DRAFT, $id: `${name}.schema.json`, title, ...body };
}

/** The services that `coaia init` asks for; the others have no questions. */
const ASKED = ['langfuse', 'llm', 'stash', 'aws', 'github'] as const;

function answers(): Schema {
  const members = ASKED.map((service) => [
    service,
    {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.keys(services[service]).map((key) => [key, scalar])),
    },
  ]);
  return toSchema('answers', 'Answers for coaia init --answers', {
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: text,
      secrets: { enum: ['file', 'env', 'keyring'], default: 'file' },
      services: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(members) as Schema,
      },
    },
  });
}

/** Objects may lie in objects: `{"A": {"B": 1}}` is A__B. */
function env(): Schema {
  return toSchema('env', 'Variables in .coaia-env and --env files, in JSON', {
    type: 'object',
    propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
    additionalProperties: {
      anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, { type: 'object' }],
    },
  });
}

const textOrNumber = { type: ['string', 'number', 'boolean', 'null'] } as const;
const object = { type: ['object', 'null'] } as const;
const time = { type: ['string', 'number', 'null'] } as const;

/** A member of a batch item and what it takes; each may also be written with underscores. */
const batchMembers: Readonly<Record<string, Schema>> = {
  id: textOrNumber,
  type: { type: ['string', 'null'], description: 'EVENT, SPAN, GENERATION and the other types' },
  name: textOrNumber,
  input: any,
  output: any,
  metadata: any,
  level: { type: ['string', 'null'], description: 'DEBUG, DEFAULT, WARNING or ERROR' },
  model: { type: ['string', 'null'] },
  usage: object,
  version: { type: ['string', 'null'] },
  environment: { type: ['string', 'null'] },
  parentObservationId: textOrNumber,
  parent: { type: ['string', 'null'], description: 'Id or name of another item of this file' },
  startTime: time,
  endTime: time,
  completionStartTime: time,
  statusMessage: { type: ['string', 'null'] },
  usageDetails: object,
  costDetails: object,
  modelParameters: object,
  promptName: { type: ['string', 'null'] },
  promptVersion: { type: ['integer', 'null'] },
};

function batch(): Schema {
  const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const properties = Object.fromEntries(
    Object.entries(batchMembers).flatMap(([name, schema]) => [
      [name, schema],
      [snake(name), schema],
    ]),
  );
  const item = { type: 'object', additionalProperties: false, properties };
  return toSchema('batch', 'Observations for fuse traces add-observations', {
    type: 'array',
    items: item,
  });
}

function scoreConfigs(): Schema {
  const category = {
    type: 'object',
    required: ['label', 'value'],
    properties: { label: text, value: { type: 'number' } },
  };
  const number = { type: ['number', 'null'] };
  const config = {
    type: 'object',
    required: ['name', 'dataType'],
    properties: {
      name: { type: 'string', minLength: 1 },
      dataType: { enum: ['NUMERIC', 'CATEGORICAL', 'BOOLEAN', 'TEXT'] },
      description: { type: ['string', 'null'] },
      categories: { anyOf: [{ type: 'null' }, { type: 'array', items: category }] },
      minValue: number,
      maxValue: number,
      metadata: { type: 'object' },
    },
  };
  return toSchema(
    'score-configs',
    'Score configs, as coaia fuse score-configs export writes them',
    {
      type: 'object',
      required: ['configs'],
      properties: {
        version: text,
        exportedAt: text,
        totalConfigs: { type: 'integer' },
        configs: { type: 'array', items: config },
      },
    },
  );
}

export const fileSchemas: readonly FileSchema[] = [
  {
    name: 'coaia',
    summary: 'coaia.json and config.json',
    load: async () => (await loadSettingsTools()).toConfigSchema(),
  },
  { name: 'answers', summary: 'answers for coaia init --answers', load: async () => answers() },
  { name: 'env', summary: '.coaia-env and --env files in JSON', load: async () => env() },
  {
    name: 'template',
    summary: 'templates of pipelines',
    load: async () => {
      const { toTemplateSchema } = await import('#main/template-schema');
      return toSchema('template', 'Template of a pipeline', await toTemplateSchema());
    },
  },
  {
    name: 'batch',
    summary: 'observations for fuse traces add-observations',
    load: async () => batch(),
  },
  {
    name: 'score-configs',
    summary: 'score configs as they are exported and imported',
    load: async () => scoreConfigs(),
  },
];
