import { readPassphrase, toAbsolutePath } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { askSecret } from '../ask-secret.ts';
import { environmentErrors } from '../errors.ts';
import { makeIdentity } from '../identity.ts';
import { openEnvironments } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env keygen',
  summary: 'Make the key that opens encrypted environments',
  description:
    'An X25519 identity of age, in keys/env.key of the home, readable for you only. Prints the key that files are encrypted for, which is no secret.',
  positionals: [],
  options: {
    out: { type: 'string', placeholder: 'PATH', summary: 'Write it to another file' },
    passphrase: { type: 'boolean', summary: 'Lock it with a passphrase, asked on the terminal' },
    'passphrase-file': {
      type: 'string',
      placeholder: 'PATH',
      summary: 'Lock it with the passphrase in a file',
    },
    'passphrase-fd': {
      type: 'number',
      placeholder: 'N',
      summary: 'Lock it with the passphrase from an open file',
    },
    keyring: {
      type: 'boolean',
      summary: 'Keep it in the keyring of the system, where there is one',
    },
  },
  examples: ['coaia env keygen', 'coaia env keygen --out team.key'],
  async run(context, { options }) {
    const { out, flags, env, cwd } = context;
    const { home } = openEnvironments(context);
    const given = options['passphrase-file'] ?? options['passphrase-fd'];
    const made = await makeIdentity({
      env,
      home,
      out: options.out === undefined ? undefined : toAbsolutePath(options.out, { cwd, env }),
      passphrase:
        options.passphrase === true && given === undefined
          ? askTwice(context)
          : readGiven(context, given),
      useKeyring: options.keyring,
    });
    if (made.note !== undefined) out.notice(`Note: ${made.note}`);
    out.notice(`The key lies in ${made.kept}. Keep a copy: without it nothing opens.`);
    if (flags.json) out.json({ recipient: made.recipient, kept: made.kept });
    else out.line(made.recipient);
  },
});

function readGiven(
  { env, cwd }: CommandContext<unknown>,
  given: string | number | undefined,
): string | undefined {
  if (given === undefined) return undefined;
  const passphrase = readPassphrase(given, { env, cwd });
  if (passphrase !== '') return passphrase;
  throw environmentErrors.create('COAIA-5405', 'The passphrase is empty.');
}

function askTwice({ env, flags, stdinIsTerminal }: CommandContext<unknown>): string {
  const canAsk = stdinIsTerminal && !flags.noInput;
  const first = canAsk ? askSecret(env, 'New passphrase: ') : undefined;
  const hint = 'coaia env keygen --passphrase-file PATH';
  if (first === undefined)
    throw environmentErrors.create('COAIA-5405', 'No passphrase was given.', { hint });
  if (askSecret(env, 'Again: ') === first) return first;
  throw environmentErrors.create('COAIA-5405', 'The two passphrases differ.', { hint });
}
