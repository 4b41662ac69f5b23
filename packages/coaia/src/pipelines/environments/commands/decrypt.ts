import { existsSync, rmSync } from 'node:fs';
import { readEnvFile, updatePrivateFile } from '#config';
import { defineCommand } from '#surface';
import { ENCRYPTED, missingEnvironment } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { keyOptions, openEnvironments } from '../open-environments.ts';
import { fileOptions, findSealable } from '../sealed-file.ts';

export const command = defineCommand({
  words: 'env decrypt',
  summary: 'Write the plain file of an encrypted environment, or print it',
  description: 'The plain file is readable for you only and comes before the encrypted one.',
  positionals: [],
  options: {
    ...fileOptions,
    ...keyOptions,
    stdout: { type: 'boolean', summary: 'Print it and write no file' },
    remove: { type: 'boolean', summary: 'Remove the encrypted file' },
  },
  examples: ['coaia env decrypt --name prod --stdout', 'coaia env decrypt --file .env.age'],
  async run(context, { options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const place = findSealable(environments, context.env, options);
    const sealed = place.path + ENCRYPTED;
    const content = readEnvFile(sealed, environments.keys);
    if (content === undefined) throw missingEnvironment({ ...place, path: sealed });
    if (options.stdout === true) {
      out.raw(content.text);
      return;
    }
    const refuse = () =>
      environmentErrors.create('COAIA-5403', `${place.path} is there already.`, {
        hint: 'coaia env decrypt --stdout',
      });
    await updatePrivateFile(place.path, async () => {
      if (existsSync(place.path)) throw refuse();
      return content.text;
    });
    if (options.remove === true) rmSync(sealed);
    if (flags.json) out.json({ path: place.path, removed: options.remove === true });
    else out.confirm(`Wrote ${place.path}.`);
    out.notice(`Note: ${place.path} holds secrets in plain text.`);
  },
});
