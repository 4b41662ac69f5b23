import { createIdentity } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { ENCRYPTED, LOCATIONS, missingEnvironment } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { findKeeping, keepIdentity } from '../identity.ts';
import { findPassphrase, isOnePlace, keyOptions, openEnvironments } from '../open-environments.ts';
import type { Environments, KeyValues } from '../open-environments.ts';
import { changeRecipients, findOwnRecipient, listRecipients } from '../recipients.ts';
import { listSealed, resealAll } from '../reseal.ts';
import { fileOptions, findSealable } from '../sealed-file.ts';
import { existsSync } from 'node:fs';

export const command = defineCommand({
  words: 'env rotate',
  summary: 'Encrypt environments again, under fresh keys',
  description:
    'Without --name and --file all encrypted environments of this folder and of your home. --new-key makes a new identity first; the old one stays behind it, so that files elsewhere still open.',
  positionals: [],
  options: {
    ...fileOptions,
    ...keyOptions,
    'new-key': { type: 'boolean', summary: 'Make a new identity too' },
  },
  examples: ['coaia env rotate', 'coaia env rotate --new-key'],
  async run(context, { options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const isOne = options.file !== undefined || isOnePlace(options);
    const places = isOne
      ? [findSealable(environments, context.env, options)]
      : LOCATIONS.flatMap((location) => listSealed(environments, location));
    const missing = places.find(({ path }) => !existsSync(path + ENCRYPTED));
    if (missing !== undefined)
      throw missingEnvironment({ ...missing, path: missing.path + ENCRYPTED });
    const after =
      options['new-key'] === true
        ? await renewIdentity(context, environments, options)
        : environments;
    const files = await resealAll(after, places);
    const recipient = await findOwnRecipient(after);
    if (flags.json) out.json({ paths: files, recipient });
    else out.confirm(`Encrypted ${files.length === 1 ? '1 file' : `${files.length} files`} again.`);
  },
});

/** A new identity before the old ones, and in the lists in place of the old one. */
async function renewIdentity(
  context: CommandContext<unknown>,
  environments: Environments,
  options: Partial<KeyValues>,
): Promise<Environments> {
  const { env, out } = context;
  const { home, keys } = environments;
  if (!keys.isHome)
    throw environmentErrors.create('COAIA-5405', 'Only the key of the home can be renewed.', {
      hint: 'coaia env keygen --out PATH',
    });
  const old = await findOwnRecipient(environments);
  const older = keys.identities();
  const keeping = findKeeping(env, home);
  const passphrase = keeping === 'locked' ? findPassphrase(context, options) : undefined;
  if (keeping === 'locked' && passphrase === undefined)
    throw environmentErrors.create('COAIA-5405', 'The new key needs the passphrase of the old.', {
      hint: 'coaia env rotate --new-key --passphrase-file PATH',
    });
  const fresh = await createIdentity();
  const kept = await keepIdentity(fresh, older, {
    env,
    home,
    passphrase,
    useKeyring: keeping === 'keyring',
  });
  out.notice(`The new key lies in ${kept.kept}.`);
  for (const location of LOCATIONS) {
    if (listRecipients(environments, location).some(({ key }) => key === old))
      changeRecipients(environments, location, (list) =>
        list.map((one) => (one.key === old ? { ...one, key: fresh.recipient } : one)),
      );
  }
  const identities = [fresh.identity, ...older];
  return { ...environments, keys: { identities: () => identities, isHome: true } };
}
