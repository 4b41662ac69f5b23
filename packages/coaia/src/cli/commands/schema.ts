import { findNearest } from '#base';
import { defineCommand } from '#surface';
import { usageError } from '../errors.ts';
import { fileSchemas } from '../schemas/file-schemas.ts';

export const command = defineCommand({
  words: 'schema',
  summary: 'Print the JSON Schema of a kind of file, for editors',
  positionals: [{ name: 'kind', summary: 'Kind of file; nothing: list all kinds' }],
  options: {},
  examples: ['coaia schema', 'coaia schema coaia', 'coaia schema template > template.schema.json'],
  run: async ({ out, flags }, { args }) => {
    if (args.kind === undefined) {
      const rows = fileSchemas.map(({ name, summary }) => ({ name, summary }));
      if (flags.json) out.json(rows);
      else for (const { name, summary } of rows) out.line(`${name.padEnd(14)} ${summary}`);
      return;
    }
    const found = fileSchemas.find(({ name }) => name === args.kind);
    if (found === undefined) {
      const names = fileSchemas.map(({ name }) => name);
      const [nearest] = findNearest(args.kind, names);
      throw usageError(
        `There is no schema ${args.kind}.`,
        nearest === undefined ? 'coaia schema' : `coaia schema ${nearest}`,
      );
    }
    out.json(await found.load());
  },
});
