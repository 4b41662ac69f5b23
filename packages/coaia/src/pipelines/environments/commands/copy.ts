import { defineCommand } from '#surface';
import { changeEnvironment } from '../change-environment.ts';
import { findFile } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { checkPlace, keyOptions, openEnvironments, readEnvironment } from '../open-environments.ts';
import { readReference } from '../reference.ts';

export const command = defineCommand({
  words: 'env copy',
  summary: 'Copy an environment under another name',
  description: 'A copy of an encrypted environment is encrypted too.',
  positionals: [
    { name: 'from', summary: 'Environment: NAME, default, or global:NAME', required: true },
    { name: 'to', summary: 'Name of the copy', required: true },
  ],
  options: {
    ...keyOptions,
    force: { type: 'boolean', summary: 'Write over one that is there; a copy of it is kept' },
  },
  examples: ['coaia env copy dev staging', 'coaia env copy default global:default --force'],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const from = readEnvironment(context, environments, readReference(environments, args.from));
    const to = readReference(environments, args.to);
    const there = findFile(to);
    if (there !== undefined) {
      if (options.force !== true)
        throw environmentErrors.create('COAIA-5403', `${there} is there already.`, {
          hint: `coaia env copy ${args.from} ${args.to} --force`,
        });
      checkPlace(context, to);
    }
    // A plain file beside the encrypted one would come before it.
    const isSealed = from.isEncrypted && there === undefined;
    const place = isSealed ? { ...to, path: `${to.path}.age` } : to;
    const { file, backup } = await changeEnvironment(environments, place, () => from.text, true);
    if (backup !== undefined) out.notice(`What was there is in ${backup}.`);
    if (flags.json) out.json({ from: from.file, path: file });
    else out.confirm(`Copied ${from.file} to ${file}.`);
  },
});
