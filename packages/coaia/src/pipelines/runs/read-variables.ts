/** Values of a template's variables from the command line. */
import { invalidRequest } from '#base';

export const variableOptions = {
  var: {
    type: 'list',
    placeholder: 'NAME=VALUE',
    summary: 'Value of a variable, as NAME=VALUE or NAME VALUE; may be repeated',
    compat: true,
  },
  strict: { type: 'boolean', summary: 'Unknown variables and names without a value are errors' },
} as const;

export async function readVariables(
  _context: unknown,
  { var: words = [] }: { readonly var: readonly string[] | undefined },
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const match = /^([A-Za-z_][\w.-]*)=(.*)$/s.exec(word);
    if (match !== null) values[match[1] ?? ''] = match[2];
    else if (index + 1 < words.length) values[word] = words[++index];
    else throw invalidRequest(`--var ${word} has no value.`);
  }
  return values;
}
