/** The fields of a template file. Null stands for absent; in a template that extends another it takes away. */
import { z } from 'zod';
import { LEVELS, OBSERVATION_TYPES, VARIABLE_TYPES } from './template.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const text = z.string().max(100_000);
const record = z.record(z.string(), z.unknown());
const duration = z.union([z.number().min(0), z.string().max(100)]);
const upper = (value: unknown): unknown =>
  typeof value === 'string' && !value.includes('{') ? value.toUpperCase() : value;

/** Ids that expressions can name: `steps.ID.output`. */
export const STEP_ID = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** What `--var` and expressions can name. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const variableFields = z.object({
  name: z.string().regex(VARIABLE_NAME, 'must be letters, digits and underscores'),
  type: z.enum(VARIABLE_TYPES).nullish(),
  required: z.boolean().nullish(),
  default: z.unknown().optional(),
  description: text.nullish(),
  choices: z.array(z.unknown()).min(1).max(1000).nullish(),
  suggestions: z.array(z.unknown()).min(1).max(1000).nullish(),
  pattern: z.string().max(1000).nullish(),
  min: z.number().nullish(),
  max: z.number().nullish(),
  minLength: z.int().min(0).nullish(),
  maxLength: z.int().min(0).nullish(),
  items: z.enum(['string', 'number', 'boolean']).nullish(),
  secret: z.boolean().nullish(),
  examples: z.array(z.unknown()).max(100).nullish(),
});

const retry = z.union([
  z.int().min(1).max(100),
  z.object({
    attempts: z.int().min(1).max(100),
    backoff: duration.nullish(),
    max: duration.nullish(),
  }),
]);

const names = z.union([z.string().min(1), z.array(z.string().min(1)).max(1000)]);

export const stepFields = z.object({
  id: z
    .union([
      z.string().regex(STEP_ID, 'must be letters, digits, dashes and underscores'),
      z.string().max(1000).includes('{{'),
    ])
    .nullish(),
  name: text.min(1).nullish(),
  observation_type: z.preprocess(upper, z.enum(OBSERVATION_TYPES).nullish()),
  description: text.nullish(),
  parent: z.string().max(1000).nullish(),
  variables: record.nullish(),
  metadata: record.nullish(),
  conditional: z.union([text, z.boolean()]).nullish(),
  model: z.string().max(1000).nullish(),
  model_parameters: record.nullish(),
  usage: record.nullish(),
  level: z.preprocess(upper, z.union([z.enum(LEVELS), z.string().includes('{')]).nullish()),
  start_offset: duration.nullish(),
  duration: duration.nullish(),
  action: z.string().min(1).max(100).nullish(),
  with: record.nullish(),
  needs: names.nullish(),
  retry: retry.nullish(),
  timeout: duration.nullish(),
  foreach: z.union([text, z.array(z.unknown()).max(10_000)]).nullish(),
  on_failure: names.nullish(),
  export_as: z.string().regex(VARIABLE_NAME, 'must be letters, digits and underscores').nullish(),
  remove: z.boolean().nullish(),
  before: z.string().nullish(),
  after: z.string().nullish(),
});

export const templateFields = z.object({
  name: z.string().max(200).regex(NAME, 'must be letters, digits, dots, dashes and underscores'),
  version: z
    .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string())
    .nullish(),
  description: text.nullish(),
  author: z.string().max(1000).nullish(),
  created_at: z.string().max(100).nullish(),
  extends: z.string().max(300).nullish(),
  requires: z
    .object({
      coaia: z.string().max(100).nullish(),
      templates: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
  metadata: record.nullish(),
  variables: z.array(variableFields).max(200).nullish(),
  steps: z.array(stepFields).max(1000).nullish(),
});

/** A template as its file has it, checked field by field. */
export type TemplateFields = z.infer<typeof templateFields>;
export type VariableFields = z.infer<typeof variableFields>;
export type StepFields = z.infer<typeof stepFields>;
