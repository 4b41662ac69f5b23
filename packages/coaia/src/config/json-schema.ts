/** JSON Schema (draft 2020-12) of coaia.json, made from the table of settings. */
import { services } from './service-tree.ts';
import { settings } from './settings.ts';
import type { SettingSpec } from './settings.ts';

type Schema = Readonly<Record<string, unknown>>;

const REFERENCE = '^(?:env|file|keyring):.+$';

function toValueSchema(spec: SettingSpec): Schema {
  const { type, range, choices, default: preset, secret, summary } = spec;
  const note =
    secret === true ? `${summary}. A secret: better env:NAME, file:PATH or keyring:NAME` : summary;
  const base = { description: note, ...(preset === undefined ? {} : { default: preset }) };
  switch (type) {
    case 'flag':
      return {
        ...base,
        enum: [true, false, 'true', 'false', 'yes', 'no', 'on', 'off', '0', '1', 0, 1],
      };
    case 'number': {
      const [minimum, maximum] = range ?? [];
      const limits = {
        ...(minimum === undefined ? {} : { minimum }),
        ...(maximum === undefined ? {} : { maximum }),
      };
      return {
        ...base,
        anyOf: [
          { type: 'integer', ...limits },
          { type: 'string', pattern: '^-?\\d+$' },
        ],
      };
    }
    case 'choice':
      return { ...base, enum: choices };
    case 'url':
      return { ...base, type: 'string', pattern: `^https?://|${REFERENCE}` };
    case 'text':
      return { ...base, type: ['string', 'number', 'boolean'] };
  }
}

function setAt(tree: Record<string, Schema>, path: readonly string[], schema: Schema): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    // `stash` is a setting; another dialect's object of that name is none.
    tree[first] ??= schema;
    return;
  }
  const inner = (tree[first]?.['properties'] ?? {}) as Record<string, Schema>;
  setAt(inner, rest, schema);
  tree[first] = { type: 'object', properties: inner };
}

/** The schema; unknown keys are allowed, as other programs keep theirs in the same file. */
export function toConfigSchema(): Schema {
  const properties: Record<string, Schema> = {
    $schema: { type: 'string' },
    schemaVersion: { type: 'integer' },
    profiles: {
      description: 'Settings that count only under --profile NAME or COAIA_PROFILE',
      type: 'object',
      propertyNames: { pattern: '^\\w[\\w-]*(?:\\.[\\w-]+)*$' },
      additionalProperties: { $ref: '#' },
    },
    mns: {
      description: 'Short names of models',
      type: 'object',
      additionalProperties: { type: 'string' },
    },
  };
  const list = settings as readonly SettingSpec[];
  for (const spec of list.filter(({ places }) => places.length > 0)) {
    const schema = toValueSchema(spec);
    properties[spec.name] = schema;
    for (const path of spec.also ?? []) setAt(properties, path.split('.'), schema);
  }
  const members = Object.entries(services).map(([service, table]) => [
    service,
    {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.entries(table).map(([member, name]) => [member, properties[name]]),
      ),
    },
  ]);
  properties['services'] = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(members) as Schema,
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'coaia.schema.json',
    title: 'coaia.json and config.json',
    type: 'object',
    properties,
    patternProperties: {
      '^\\w+_(?:instruction|model|provider|mns|prompt)$': { type: 'string' },
      '^\\w+_temperature$': {
        anyOf: [{ type: 'number', minimum: 0, maximum: 2 }, { type: 'string' }],
      },
    },
  };
}
