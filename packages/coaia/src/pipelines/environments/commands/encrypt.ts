import { existsSync } from 'node:fs';
import { encryptAge, readEnvFile, updatePrivateFile } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { ENCRYPTED, missingEnvironment } from '../environment.ts';
import { copyAside, shredCopies } from '../backups.ts';
import { environmentErrors } from '../errors.ts';
import { keyOptions, openEnvironments } from '../open-environments.ts';
import { findOwnRecipient, readRecipients } from '../recipients.ts';
import { fileOptions, findSealable, isTracked, shredFile } from '../sealed-file.ts';

export const command = defineCommand({
  words: 'env encrypt',
  summary: 'Encrypt an environment, or another file of variables',
  description:
    'Writes FILE.age in the armoured format of age, for your key or those of `coaia env recipients`. Offers to remove the plain file.',
  positionals: [],
  options: {
    ...fileOptions,
    ...keyOptions,
    keep: { type: 'boolean', summary: 'Keep the plain file, and do not ask' },
    remove: { type: 'boolean', summary: 'Remove the plain file, and do not ask' },
    force: { type: 'boolean', summary: 'Write over an encrypted file; a copy is kept' },
  },
  examples: ['coaia env encrypt --name prod --remove', 'coaia env encrypt --file .env --keep'],
  async run(context, { options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const place = findSealable(environments, context.env, options);
    const { path } = place;
    const content = readEnvFile(path);
    if (content === undefined) throw missingEnvironment(place);
    const sealed = path + ENCRYPTED;
    const isThere = existsSync(sealed);
    if (isThere && options.force !== true)
      throw environmentErrors.create('COAIA-5403', `${sealed} is there already.`, {
        hint: 'coaia env encrypt --force',
      });
    const recipients = await readRecipients(environments, place.location);
    await updatePrivateFile(sealed, async () => {
      if (isThere) out.notice(`What was there is in ${copyAside(environments.home, sealed)}.`);
      return encryptAge(content.text, recipients);
    });
    const count = recipients.length === 1 ? '1 key' : `${recipients.length} keys`;
    out.notice(`Encrypted ${path} for ${count}.`);
    warnTracked(context, path);
    const isOwn = recipients.includes(await findOwnRecipient(environments));
    const isRemoved = await isRemovalWanted(context, options, path, isOwn);
    if (isRemoved) {
      shredFile(path);
      const copies = shredCopies(environments.home, path);
      if (copies > 0) out.notice(`Removed ${copies} plain copies from the backups.`);
    } else out.notice(`Note: ${path} is still there, and comes before the encrypted file.`);
    if (flags.json) out.json({ path: sealed, recipients, removed: isRemoved });
    else out.confirm(isRemoved ? `${sealed} replaces ${path}.` : `Wrote ${sealed}.`);
  },
});

function warnTracked({ out }: CommandContext<unknown>, path: string): void {
  if (isTracked(path))
    out.notice(
      `Warning: git keeps ${path}, and its history keeps the secrets. git rm --cached ${path}, and change them.`,
    );
}

/** Throws COAIA-5408 when the own key could not open what would be left. */
async function isRemovalWanted(
  context: CommandContext<unknown>,
  options: { readonly keep: boolean | undefined; readonly remove: boolean | undefined },
  path: string,
  isOwn: boolean,
): Promise<boolean> {
  if (options.keep === true) return false;
  const canAsk = context.stdinIsTerminal && !context.flags.noInput;
  const isWanted =
    options.remove === true ||
    context.flags.yes ||
    (canAsk && (await context.confirm(`Remove ${path}?`)));
  if (isWanted && !isOwn)
    throw environmentErrors.create('COAIA-5408', `Your key is not among those of ${path}.`, {
      hint: 'coaia env recipients add',
    });
  return isWanted;
}
