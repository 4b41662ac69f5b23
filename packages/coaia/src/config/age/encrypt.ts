/** Writes age files and makes identities, with the age-encryption library; it loads when something is encrypted. */
import { configErrors } from '../errors.ts';
import { decodeBech32 } from './bech32.ts';
import { toPassphraseKey } from './decrypt.ts';

/** What age itself takes: about a second and 256 MB for every guess. */
const WORK_FACTOR = 18;

/** The text as an armoured file for all of these keys (`age1...`). Throws COAIA-0225 for a key that is none. */
export async function encryptAge(text: string, recipients: readonly string[]): Promise<string> {
  const { Encrypter, armor } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    // Keys of other kinds cannot stand beside these, and we could not open what is encrypted for them.
    if (decodeBech32('age', recipient)?.length !== 32) throw refuseKey(recipient);
    encrypter.addRecipient(recipient);
  }
  return armor.encode(await encrypter.encrypt(text));
}

/** Says its beginning only: it may be an identity that was given by mistake. */
function refuseKey(recipient: string) {
  return configErrors.create(
    'COAIA-0225',
    `${JSON.stringify(`${recipient.slice(0, 4)}...`)} is no X25519 key of age.`,
    { hint: 'a key that files are encrypted for begins with age1; coaia env keygen prints yours' },
  );
}

/** The text as an armoured file for a passphrase; salt and work factor are in its header. */
export async function encryptByPassphrase(
  text: string,
  passphrase: string,
  factor = WORK_FACTOR,
): Promise<string> {
  const { Encrypter, Stanza, armor } = await import('age-encryption');
  const { createCipheriv, randomBytes } = await import('node:crypto');
  const encrypter = new Encrypter();
  // The library's own scrypt is several times slower than the one of Node.
  encrypter.addRecipient({
    wrapFileKey(fileKey) {
      const salt = randomBytes(16);
      const key = toPassphraseKey(passphrase, salt, factor);
      const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), {
        authTagLength: 16,
      });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      const spelled = salt.toString('base64').replace(/=+$/, '');
      return [new Stanza(['scrypt', spelled, String(factor)], body)];
    },
  });
  return armor.encode(await encrypter.encrypt(text));
}

export interface AgeIdentity {
  readonly identity: string;
  readonly recipient: string;
}

/** A new X25519 identity and the key to encrypt for it. */
export async function createIdentity(): Promise<AgeIdentity> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The key to encrypt for an identity. Throws COAIA-0225 when it is none. */
export async function toRecipient(identity: string): Promise<string> {
  const { identityToRecipient } = await import('age-encryption');
  try {
    return await identityToRecipient(identity);
  } catch (error) {
    throw configErrors.create('COAIA-0225', 'The identity is not a key of age.', { cause: error });
  }
}
