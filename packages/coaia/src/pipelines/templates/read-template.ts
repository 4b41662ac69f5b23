/** From text to the fields of a template, and from fields to a template. */
import { isObject } from '#base';
import { createLocator, parseDocument } from './document.ts';
import { templateFailures } from './errors.ts';
import { toSentence } from './problem.ts';
import type { Finding, Problem } from './problem.ts';
import { stepFields, templateFields, variableFields } from './schema.ts';
import type { StepFields, TemplateFields, VariableFields } from './schema.ts';
import type { Template, TemplateFormat, TemplateStep, TemplateVariable } from './template.ts';

export interface ReadFields {
  /** Absent when there is an error among the problems. */
  readonly fields?: TemplateFields;
  readonly problems: readonly Problem[];
}

/** Reads a file's text; never throws for what is in it. */
export async function readFields(text: string, format: TemplateFormat): Promise<ReadFields> {
  const { value, problem } = await parseDocument(text, format);
  if (problem !== undefined)
    return { problems: [{ severity: 'error', code: 'syntax', path: '', ...problem }] };
  const result = templateFields.safeParse(value);
  const errors: Finding[] = result.success
    ? []
    : result.error.issues.map(({ path, message }) => ({
        code: 'schema',
        message: toPlain(message),
        path: path as (string | number)[],
      }));
  const problems = await locate(text, [...errors, ...findUnknownKeys(value)]);
  return result.success ? { fields: result.data, problems } : { problems };
}

function toPlain(message: string): string {
  return message.replace(/^Invalid input: /, '');
}

/** Gives findings their lines. Loads the parser only when there is something to say. */
export async function locate(
  text: string,
  findings: readonly Finding[],
): Promise<readonly Problem[]> {
  if (findings.length === 0) return [];
  const toLine = await createLocator(text);
  return findings.map(({ severity, code, message, path }): Problem => ({
    severity: severity ?? 'error',
    code,
    message,
    path: path.join('.'),
    line: toLine(path),
  }));
}

function findUnknownKeys(value: unknown): readonly Finding[] {
  if (!isObject(value)) return [];
  return [
    ...toUnknown(value, Object.keys(templateFields.shape), []),
    ...toList(value['variables']).flatMap((variable, index) =>
      toUnknown(variable, Object.keys(variableFields.shape), ['variables', index]),
    ),
    ...toList(value['steps']).flatMap((step, index) =>
      toUnknown(step, Object.keys(stepFields.shape), ['steps', index]),
    ),
  ];
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function toUnknown(
  value: unknown,
  known: readonly string[],
  path: readonly (string | number)[],
): readonly Finding[] {
  if (!isObject(value)) return [];
  return Object.keys(value)
    .filter((key) => !known.includes(key) && key !== '$schema' && !key.startsWith('x-'))
    .map((key) => ({
      severity: 'warning',
      code: 'unknown-field',
      message: `the field ${JSON.stringify(key)} is not known and has no effect`,
      path: [...path, key],
    }));
}

/** The template of a text on its own, without what it extends. Throws COAIA-5001. */
export async function readTemplate(text: string, format: TemplateFormat): Promise<Template> {
  const { fields, problems } = await readFields(text, format);
  if (fields === undefined) throw brokenTemplate('The template', problems);
  return toTemplate(fields);
}

/** The error of a text that cannot be used; `what` begins the sentence. */
export function brokenTemplate(what: string, problems: readonly Problem[]) {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return templateFailures.create(
    'COAIA-5001',
    `${what} cannot be used: ${first === undefined ? 'it is broken' : toSentence(first)}${more}.`,
    { details: problems },
  );
}

/** Fills defaults in. Every step has a name by then; those without are called as their id. */
export function toTemplate(fields: TemplateFields): Template {
  const { requires } = fields;
  return {
    name: fields.name,
    version: fields.version ?? '1.0',
    description: fields.description ?? null,
    author: fields.author ?? null,
    created_at: fields.created_at ?? null,
    extends: fields.extends ?? null,
    ...(requires === undefined || requires === null ? {} : { requires: withoutNulls(requires) }),
    metadata: fields.metadata ?? {},
    variables: (fields.variables ?? []).map((variable) => toVariable(variable)),
    steps: (fields.steps ?? []).map((step) => toStep(step)),
  };
}

function toVariable(fields: VariableFields): TemplateVariable {
  const { type, required, default: value, ...rest } = fields;
  return {
    ...(withoutNulls(rest) as Omit<TemplateVariable, 'type' | 'required' | 'default'>),
    type: type ?? 'string',
    required: required ?? true,
    default: value ?? null,
  };
}

function toStep(fields: StepFields): TemplateStep {
  const { name, observation_type: type, needs, retry, conditional, ...rest } = fields;
  return {
    ...(withoutNulls(rest) as Omit<TemplateStep, 'name' | 'observation_type'>),
    name: name ?? fields.id ?? '',
    observation_type: type ?? 'EVENT',
    ...(conditional === undefined || conditional === null
      ? {}
      : { conditional: String(conditional) }),
    ...(needs === undefined || needs === null
      ? {}
      : { needs: typeof needs === 'string' ? [needs] : needs }),
    ...(retry === undefined || retry === null
      ? {}
      : { retry: typeof retry === 'number' ? { attempts: retry } : withoutNulls(retry) }),
  } as TemplateStep;
}

function withoutNulls(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined && field !== null),
  );
}
