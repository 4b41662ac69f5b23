/** JSON Schema of template files, made from the types that read them. */
import { toJSONSchema } from 'zod';
import { loadTemplateFields } from '#pipelines';

/** Of what people write: defaults and null may be left out. */
export async function toTemplateSchema(): Promise<Readonly<Record<string, unknown>>> {
  const { $schema: _schema, ...schema } = toJSONSchema(await loadTemplateFields(), {
    io: 'input',
    unrepresentable: 'any',
    // What is read before it is checked takes other spellings too: `1` for "1", `span` for SPAN.
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type !== 'pipe') return;
      const strict = { ...jsonSchema };
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      jsonSchema.anyOf = [strict, { type: 'string' }, { type: 'number' }];
    },
  });
  return schema;
}
