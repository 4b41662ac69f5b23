/** Secrets at rest: AES-256-GCM (NIST SP 800-38D) under a key of this home, or of COAIA_ENCRYPTION_KEY. */
import { join } from 'node:path';
import { modelFailures } from '../errors.ts';
import { createKeyFile, parseKeys, readKeyFile } from './key-ring.ts';
import type { SecretKey } from './key-ring.ts';

/** An encrypted text and the id of the key it was encrypted under. */
export interface SealedSecret {
  readonly keyId: string;
  /** Base64 of nonce (12 bytes), ciphertext and tag (16 bytes). */
  readonly sealed: string;
}

export interface SecretBox {
  /** `context` is bound into the result: it opens only with the same context. Throws COAIA-4021, COAIA-4022. */
  seal(text: string, context: string): SealedSecret;
  /** Throws COAIA-4020 when the key is another one or the text was changed. */
  open(secret: SealedSecret, context: string): string;
}

export interface SecretBoxOptions {
  /** Folder of the key file, made when the first secret is sealed. */
  readonly folder: string;
  /** COAIA_ENCRYPTION_KEY; its first key encrypts instead of the file's, all of both decrypt. */
  readonly key?: string | undefined;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Opens the box. No file is touched before the first secret. */
export function openSecretBox({ folder, key }: SecretBoxOptions): SecretBox {
  const path = join(folder, 'secrets.key');
  const given = () => (key === undefined || key === '' ? [] : parseKeys(key));
  return {
    seal(text, context) {
      const [current] = [...given(), ...(given().length > 0 ? [] : createKeyFile(path))];
      if (current === undefined) throw modelFailures.create('COAIA-4022', `${path} is empty.`);
      return { keyId: current.id, sealed: encrypt(text, current, context) };
    },
    open(secret, context) {
      const found = [...given(), ...readKeyFile(path)].find(({ id }) => id === secret.keyId);
      if (found === undefined) throw refuse(`the key ${secret.keyId} is not here`);
      return decrypt(secret.sealed, found, context);
    },
  };
}

function encrypt(text: string, { bytes }: SecretKey, context: string): string {
  const { createCipheriv, randomBytes } = process.getBuiltinModule('node:crypto');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64');
}

function decrypt(sealed: string, { bytes }: SecretKey, context: string): string {
  const { createDecipheriv } = process.getBuiltinModule('node:crypto');
  const all = Buffer.from(sealed, 'base64');
  if (all.length < NONCE_BYTES + TAG_BYTES) throw refuse('the stored text is too short');
  const decipher = createDecipheriv('aes-256-gcm', bytes, all.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(all.subarray(-TAG_BYTES));
  try {
    const body = all.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (error) {
    throw refuse('the stored text was changed', error);
  }
}

function refuse(reason: string, cause?: unknown) {
  return modelFailures.create(
    'COAIA-4020',
    `The secret of a connection cannot be decrypted: ${reason}.`,
    { hint: 'coaia models connections set', ...(cause === undefined ? {} : { cause }) },
  );
}
