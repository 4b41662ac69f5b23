import type { DeploymentField } from '@coaia/client';

/** What was typed, by field: always text; a choice is the JSON text of its value, and an empty text is no value. */
export type TryValues = Readonly<Record<string, string>>;

/** How a field is asked for. */
export type TryControl = 'choice' | 'number' | 'text' | 'json';

/** One value is typed or chosen, several are JSON. */
export function toControl({ shape, type, levels }: DeploymentField): TryControl {
  if (shape.length > 0) return 'json';
  if (type === 'boolean' || levels !== undefined) return 'choice';
  return type === 'number' || type === 'integer' ? 'number' : 'text';
}

/** What can be chosen, without "missing". */
export function listChoices({
  type,
  levels,
}: DeploymentField): readonly (string | number | boolean)[] {
  return levels ?? (type === 'boolean' ? [true, false] : []);
}

/** True for a field that may be sent without a value. */
export function canBeMissing({ required, nullable }: DeploymentField): boolean {
  return nullable || !required;
}

/** The form with the values of a row. */
export function toTryValues(
  fields: readonly DeploymentField[],
  row: Readonly<Record<string, unknown>>,
): TryValues {
  return Object.fromEntries(fields.map((field) => [field.name, toTyped(field, row[field.name])]));
}

function toTyped(field: DeploymentField, value: unknown): string {
  if (value === undefined || value === null) return '';
  const control = toControl(field);
  if (control === 'json' || control === 'choice') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The row that is sent, and the fields whose text is no JSON. */
export interface ReadRow {
  readonly row: Readonly<Record<string, unknown>>;
  readonly badJson: readonly string[];
}

/**
 * Reads the form. An empty field is left out, or null where only that is allowed. A text that is no number is sent
 * as it is: the model's own check says what is wrong with it.
 */
export function readTryValues(fields: readonly DeploymentField[], values: TryValues): ReadRow {
  const row: Record<string, unknown> = {};
  const badJson: string[] = [];
  for (const field of fields) {
    const text = (values[field.name] ?? '').trim();
    if (text === '') {
      if (field.nullable && field.required) row[field.name] = null;
      continue;
    }
    try {
      row[field.name] = readValue(field, text);
    } catch {
      badJson.push(field.name);
    }
  }
  return { row, badJson };
}

function readValue(field: DeploymentField, text: string): unknown {
  const control = toControl(field);
  if (control === 'json' || control === 'choice') return JSON.parse(text) as unknown;
  if (control === 'text') return text;
  const number = Number(text);
  // A whole number that a double cannot hold would change on its way.
  return Number.isNaN(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))
    ? text
    : number;
}

/** What a gateway says about one value. */
export interface FieldFault {
  readonly row: number;
  readonly field: string;
  readonly got: string;
  readonly wanted: string;
}

/** The faults among the reasons of a refusal. */
export function listFieldFaults(reasons: readonly unknown[]): readonly FieldFault[] {
  return reasons.filter(
    (one): one is FieldFault =>
      typeof one === 'object' && one !== null && 'field' in one && 'wanted' in one,
  );
}
