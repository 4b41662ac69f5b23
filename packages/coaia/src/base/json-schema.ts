/** JSON Schemas as zod reads them: members that are required must be named among the properties to be enforced. */
import { isObject } from './json.ts';

/** The same schema with every name of `required` among its `properties`, at every depth. */
export function withRequiredNamed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withRequiredNamed);
  if (!isObject(schema)) return schema;
  const parts = Object.entries(schema).map(([key, value]) => [
    key,
    key === 'const' || key === 'enum' || key === 'default' ? value : withRequiredNamed(value),
  ]);
  const known = Object.fromEntries(parts) as Record<string, unknown>;
  const { required, properties } = schema;
  if (!Array.isArray(required)) return known;
  const names = required.filter((name) => typeof name === 'string');
  const missing = names.filter((name) => !isObject(properties) || !Object.hasOwn(properties, name));
  if (missing.length === 0) return known;
  const before = isObject(known['properties']) ? known['properties'] : {};
  const added = Object.fromEntries(missing.map((name) => [name, {}]));
  return { ...known, properties: { ...before, ...added } };
}
