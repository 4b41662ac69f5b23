/** The values of a template's variables: what was given, else defaults. */
import { findNearest } from '#base';
import { renderValue } from '#jinja';
import type { RenderOptions } from '#jinja';
import { coerce } from './coerce.ts';
import { templateFailures } from './errors.ts';
import { isExpression } from './names-in.ts';
import { toLenient } from './render-texts.ts';
import type { Template, TemplateVariable, Values } from './template.ts';

export interface ResolvedVariables {
  /** Optional variables without a value are absent. */
  readonly values: Values;
  /** Texts that must never be shown. */
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
}

interface State {
  readonly values: Record<string, unknown>;
  readonly problems: string[];
  readonly warnings: string[];
}

/** Throws COAIA-5003 naming everything that is wrong at once. `isStrict` refuses names the template does not have. */
export function resolveVariables(
  template: Template,
  given: Values,
  { isStrict = false, jinja = {} }: { readonly isStrict?: boolean; readonly jinja?: RenderOptions },
): ResolvedVariables {
  const state: State = { values: {}, problems: [], warnings: [] };
  addUnknown(template, given, isStrict ? state.problems : state.warnings);
  for (const variable of template.variables) addValue(state, variable, given, jinja);
  if (state.problems.length > 0)
    throw templateFailures.create(
      'COAIA-5003',
      `The template ${template.name} cannot be filled: ${state.problems.join('; ')}.`,
      { hint: `coaia pipeline show ${template.name}`, details: state.problems },
    );
  const secrets = template.variables
    .filter(({ name, secret }) => secret === true && name in state.values)
    .flatMap(({ name }) => state.values[name])
    .map(String)
    .filter((text) => text !== '');
  return { values: state.values, secrets, warnings: state.warnings };
}

function addUnknown({ variables }: Template, given: Values, messages: string[]): void {
  const known = variables.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const [near] = findNearest(name, known);
    const close = near === undefined ? '' : `; did you mean ${near}?`;
    messages.push(`it has no variable ${name}${close}`);
  }
}

function addValue(
  { values, problems, warnings }: State,
  variable: TemplateVariable,
  given: Values,
  jinja: RenderOptions,
): void {
  const { name } = variable;
  const own = Object.hasOwn(given, name) ? given[name] : undefined;
  let value: unknown;
  try {
    value = own ?? toDefault(variable, values, jinja);
  } catch (error) {
    problems.push(`the default of ${name} fails: ${error instanceof Error ? error.message : ''}`);
    return;
  }
  if (value === undefined || value === null) {
    if (variable.required) problems.push(`${name} is missing`);
    return;
  }
  const coerced = coerce(variable, value);
  if ('problem' in coerced) problems.push(coerced.problem);
  else {
    values[name] = coerced.value;
    if (coerced.warning !== undefined) warnings.push(coerced.warning);
  }
}

function toDefault({ default: value }: TemplateVariable, values: Values, jinja: RenderOptions) {
  return isExpression(value) ? renderValue(value, values, toLenient(jinja)) : value;
}

const MASK = '***';
/** Shorter secrets are masked only where they are the whole value: `a` is part of everything. */
const MIN_PART = 4;

/** The value without secrets: whole texts, and parts of texts. */
export function mask<T>(value: T, secrets: readonly string[]): T {
  return secrets.length === 0 ? value : (maskAny(value, secrets) as T);
}

function maskAny(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, secrets);
  if (typeof value === 'number') return secrets.includes(String(value)) ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => maskAny(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [maskText(key, secrets), maskAny(item, secrets)]),
  );
}

function maskText(text: string, secrets: readonly string[]): string {
  if (secrets.includes(text)) return MASK;
  let masked = text;
  for (const secret of secrets)
    if (secret.length >= MIN_PART) masked = masked.replaceAll(secret, MASK);
  return masked;
}

/** Values as they may be stored and shown: those of secret variables are masked. */
export function toShownValues({ variables }: Template, values: Values): Values {
  const hidden = new Set(variables.filter(({ secret }) => secret === true).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, hidden.has(name) ? MASK : value]),
  );
}
