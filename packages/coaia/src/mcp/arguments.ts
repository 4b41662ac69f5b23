/** Checks the arguments of a tool against its schema, and reads them. */
import { isObject } from '#base';
import { mcpErrors } from './errors.ts';
import type { InputSchema, JsonSchema, ToolArguments } from './tool.ts';

/** Members that are there, with the types that the schema says; null counts as absent. Throws COAIA-0800. */
export function parseArguments(schema: InputSchema, value: unknown): ToolArguments {
  const given = Object.entries(isObject(value) ? value : {}).filter(
    ([, member]) => member !== null && member !== undefined,
  );
  const input = Object.fromEntries(given);
  for (const name of schema.required ?? [])
    if (!(name in input)) throw invalid(`The argument ${name} is missing.`);
  for (const [name, member] of given) {
    const property = schema.properties[name];
    if (property !== undefined) checkMember(name, property, member);
  }
  return input;
}

function checkMember(name: string, schema: JsonSchema, value: unknown): void {
  const types = toList(schema['type']);
  if (types.length > 0 && !types.some((type) => isOfType(type, value)))
    throw invalid(`The argument ${name} must be of type ${types.join(' or ')}.`);
  const words = schema['enum'];
  if (Array.isArray(words) && !words.includes(value))
    throw invalid(`The argument ${name} must be one of ${words.join(', ')}.`);
}

function toList(type: unknown): readonly unknown[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? type : [type];
}

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function invalid(message: string) {
  return mcpErrors.create('COAIA-0800', message);
}

/** A text; the schema has checked that it is one. Empty when it is absent. */
export function readText(input: ToolArguments, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}

/** A text, or undefined when it is absent or empty. */
export function findText(input: ToolArguments, name: string): string | undefined {
  return readText(input, name) || undefined;
}
