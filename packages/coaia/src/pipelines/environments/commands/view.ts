import { parseDotenv, readEnvFile } from '#config';
import type { EnvFileContent } from '#config';
import { defineCommand } from '#surface';
import { findFile, missingEnvironment } from '../environment.ts';
import { keyOptions, openEnvironments } from '../open-environments.ts';
import { fileOptions, findSealable } from '../sealed-file.ts';
import { revealOption, toShownValue } from '../show.ts';

export const command = defineCommand({
  words: 'env view',
  summary: 'Show the file of an environment, also an encrypted one',
  description: 'Secrets are hidden unless --reveal is given, which shows the file as it is.',
  positionals: [],
  options: { ...fileOptions, ...keyOptions, ...revealOption },
  examples: ['coaia env view', 'coaia env view --name prod --reveal'],
  async run(context, { options }) {
    const environments = openEnvironments(context, options);
    const place = findSealable(environments, context.env, options);
    const file = findFile(place);
    const content = file === undefined ? undefined : readEnvFile(file, environments.keys);
    if (content === undefined) throw missingEnvironment(place);
    context.out.raw(options.reveal === true ? content.text : renderShown(content));
  },
});

/** The file in its order without secrets; of lines that are no variable only plain comments stay. */
function renderShown({ format, values, text, isEncrypted }: EnvFileContent): string {
  const toShown = (name: string, value: string) =>
    toShownValue(name, value, { isEncrypted, isRevealed: false });
  if (format === 'json') {
    const shown = Object.entries(values).map(([name, value]) => [name, toShown(name, value)]);
    return `${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`;
  }
  const lines = text.split('\n').map((line) => (/^\s*(?:#[^=]*)?$/.test(line) ? line : '# ...'));
  for (const { name, value, line, lastLine } of parseDotenv(text).entries.toReversed())
    lines.splice(line - 1, lastLine - line + 1, `${name}=${toShown(name, value)}`);
  return lines.join('\n');
}
