/** `coaia fuse datasets create`: creates a dataset, or changes the one with this name. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { compatOptions } from '../compat-options.ts';
import { datasetsApi } from '../ports.ts';
import { readMetadata, readSchema } from '../read-value.ts';

export const command = defineCommand({
  words: 'fuse datasets create',
  summary: 'Create a dataset, or change the one with this name',
  needs: datasetsApi,
  positionals: [{ name: 'name', summary: 'Name; slashes make folders' }],
  options: {
    ...compatOptions,
    name: { type: 'string', summary: 'The name, instead of the argument' },
    description: { type: 'string', summary: 'What it is for', compat: true },
    metadata: {
      type: 'string',
      placeholder: 'JSON',
      summary: 'JSON object; a text becomes {"note": text}',
      compat: true,
    },
    'input-schema': {
      type: 'string',
      placeholder: 'JSON',
      summary: 'JSON Schema (or @FILE) that every input must satisfy; null removes it',
    },
    'expected-schema': {
      type: 'string',
      placeholder: 'JSON',
      summary: 'JSON Schema (or @FILE) of expected outputs; null removes it',
    },
  },
  examples: [
    'coaia fuse datasets create qa --description "Questions of users"',
    `coaia fuse datasets create team/qa --input-schema '{"type":"object","required":["question"]}'`,
  ],
  async run(context, { options, args }) {
    const name = args.name ?? options.name;
    if (name === undefined)
      throw invalidRequest(
        'The dataset needs a name.',
        undefined,
        'coaia fuse datasets create NAME',
      );
    const input = {
      name,
      description: options.description,
      metadata: await readMetadata(options.metadata, context),
      inputSchema: await readSchema('input-schema', options['input-schema'], context),
      expectedOutputSchema: await readSchema(
        'expected-schema',
        options['expected-schema'],
        context,
      ),
    };
    const api = await context.open();
    context.out.json(await api.createDataset(input));
  },
});
