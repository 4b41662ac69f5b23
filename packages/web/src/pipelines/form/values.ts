import { toShellWord } from '../../lib/copy-as.ts';
import type { FormVariable } from '../pipeline.ts';

/** What was typed into the form, by variable: text, or a yes or no. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** True for a default that the server works out: it is no value, so it is shown and not sent. */
export function isComputed(variable: FormVariable): boolean {
  return typeof variable.default === 'string' && /\{[{%]/.test(variable.default);
}

/** The form at first: defaults as text. */
export function toFormValues(
  variables: readonly FormVariable[],
  given: Readonly<Record<string, unknown>> = {},
): FormValues {
  return Object.fromEntries(
    variables.map((variable): [string, string | boolean] => {
      // What comes from a run or a schedule has its secrets masked; they are asked for again.
      const known = variable.secret === true ? undefined : given[variable.name];
      const value = known ?? (isComputed(variable) ? undefined : variable.default);
      if (variable.type === 'boolean') return [variable.name, value === true || value === 'true'];
      return [variable.name, toFieldText(value)];
    }),
  );
}

/** A value as the field shows it: one item of a list per line. */
export function toFieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item) => toFieldText(item)).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : toPlainText(value);
}

/** What the form sends, and what is wrong with it by variable. */
export interface ReadValues {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly faults: Readonly<Record<string, string>>;
}

/**
 * Reads the form: numbers and lists as such; an empty field, and one that holds its default, as not given. A
 * variable that is needed and has no default, and a number that is none, are faults.
 */
export function readValues(
  variables: readonly FormVariable[],
  values: FormValues,
  said: { readonly needed: string; readonly notNumber: string },
): ReadValues {
  const read: Record<string, unknown> = {};
  const faults: Record<string, string> = {};
  for (const variable of variables) {
    const value = readValue(variable, values[variable.name] ?? '');
    if (value === undefined) {
      const hasDefault = variable.default !== undefined && variable.default !== null;
      if (variable.required && !hasDefault) faults[variable.name] = said.needed;
    } else if (Number.isNaN(value)) faults[variable.name] = said.notNumber;
    else if (!isDefault(variable, value)) read[variable.name] = value;
  }
  return { variables: read, faults };
}

function isDefault(variable: FormVariable, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(variable.default);
}

function readValue(variable: FormVariable, typed: string | boolean): unknown {
  if (typeof typed === 'boolean') return typed;
  const text = typed.trim();
  if (text === '') return undefined;
  if (variable.type === 'number') return Number(text);
  if (variable.type !== 'list') return typed;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The values as words of a command line, only those that are not the default: texts as `name=text`, else JSON. */
export function toVarFlags(
  variables: readonly FormVariable[],
  values: Readonly<Record<string, unknown>>,
): readonly string[] {
  return variables.flatMap((variable) => {
    const value = values[variable.name];
    if (value === undefined || isDefault(variable, value)) return [];
    // A secret is read from the environment, so that it stands in no history.
    if (variable.secret === true) return [`--var ${variable.name}="$${toEnvName(variable.name)}"`];
    const sign = typeof value === 'string' ? '=' : ':=';
    return [`--var ${toShellWord(`${variable.name}${sign}${toPlainText(value)}`)}`];
  });
}

function toEnvName(name: string): string {
  return name.toUpperCase().replaceAll(/\W/g, '_');
}

// A number, a text or a yes or no; JSON has nothing else beside objects and lists.
function toPlainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
