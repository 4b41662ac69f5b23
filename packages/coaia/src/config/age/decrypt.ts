/**
 * Opens age files, at once and with node:crypto alone: settings are resolved without waiting, and a start of the
 * program must not load a library for a file that is not there. Everything else about age is in encrypt.ts.
 */
import { decodeBech32 } from './bech32.ts';
import type { AgeFile, AgeStanza } from './header.ts';
import { readAgeFile, readArmour } from './header.ts';

/** DER in front of a raw key (RFC 8410). */
const PRIVATE_KEY = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_KEY = Buffer.from('302a300506032b656e032100', 'hex');
/** Loaded when a file is opened: few starts of the program need it. */
const loadCrypto = () => process.getBuiltinModule('node:crypto');
const CHUNK = 64 * 1024;
const TAG = 16;
/** A larger factor needs more than a gigabyte; whoever sent such a file wants to stop us. */
export const MAX_WORK_FACTOR = 20;

export interface AgeSecrets {
  /** `AGE-SECRET-KEY-1...`, each tried in turn. */
  readonly identities?: readonly string[];
  readonly passphrase?: string;
}

export type Opened =
  | { readonly text: string }
  /** `key`: none of the secrets fits. `damaged`: not an age file, or not as it was written. */
  | { readonly problem: 'key' | 'damaged' };

/** The text of an armoured age file. */
export function decryptAge(armoured: string, secrets: AgeSecrets): Opened {
  const bytes = readArmour(armoured);
  const file = bytes === undefined ? undefined : readAgeFile(bytes);
  if (file === undefined) return { problem: 'damaged' };
  const fileKey = findFileKey(file, secrets);
  if (fileKey === undefined) return { problem: 'key' };
  const { createHmac, timingSafeEqual } = loadCrypto();
  const macKey = derive(fileKey, '', 'header');
  const mac = createHmac('sha256', macKey).update(file.signed).digest();
  if (!timingSafeEqual(mac, file.mac)) return { problem: 'damaged' };
  const plain = openPayload(fileKey, file.payload);
  try {
    return plain === undefined
      ? { problem: 'damaged' }
      : { text: new TextDecoder('utf-8', { fatal: true }).decode(plain) };
  } catch {
    return { problem: 'damaged' };
  }
}

/** True when a passphrase, not an identity, opens the file. */
export function isWrappedByPassphrase(armoured: string): boolean {
  const bytes = readArmour(armoured);
  return (bytes && readAgeFile(bytes))?.stanzas[0]?.args[0] === 'scrypt';
}

function derive(key: Buffer, salt: string | Buffer, info: string): Buffer {
  return Buffer.from(loadCrypto().hkdfSync('sha256', key, salt, info, 32));
}

/** Undefined when the code at the end does not fit. */
function open(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer | undefined {
  if (sealed.length < TAG) return undefined;
  const decipher = loadCrypto().createDecipheriv('chacha20-poly1305', key, nonce, {
    authTagLength: TAG,
  });
  decipher.setAuthTag(sealed.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function findFileKey({ stanzas }: AgeFile, secrets: AgeSecrets): Buffer | undefined {
  const { passphrase, identities = [] } = secrets;
  const [first] = stanzas;
  if (passphrase !== undefined && first?.args[0] === 'scrypt' && stanzas.length === 1)
    return unwrapByPassphrase(first, passphrase);
  for (const identity of identities) {
    const key = decodeBech32('AGE-SECRET-KEY-', identity);
    if (key?.length !== 32) continue;
    for (const stanza of stanzas) {
      const fileKey = unwrapByKey(stanza, key);
      if (fileKey !== undefined) return fileKey;
    }
  }
  return undefined;
}

function unwrapByKey({ args, body }: AgeStanza, key: Buffer): Buffer | undefined {
  const share = Buffer.from(args[1] ?? '', 'base64');
  if (args[0] !== 'X25519' || args.length !== 2 || share.length !== 32 || body.length !== 32)
    return undefined;
  const { createPrivateKey, createPublicKey, diffieHellman } = loadCrypto();
  const privateKey = createPrivateKey({
    key: Buffer.concat([PRIVATE_KEY, key]),
    format: 'der',
    type: 'pkcs8',
  });
  const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const publicKey = createPublicKey({
    key: Buffer.concat([PUBLIC_KEY, share]),
    format: 'der',
    type: 'spki',
  });
  try {
    const shared = diffieHellman({ privateKey, publicKey });
    const wrapKey = derive(shared, Buffer.concat([share, own]), 'age-encryption.org/v1/X25519');
    return open(wrapKey, Buffer.alloc(12), body);
  } catch {
    // A share of low order gives no secret at all.
    return undefined;
  }
}

function unwrapByPassphrase({ args, body }: AgeStanza, passphrase: string): Buffer | undefined {
  const salt = Buffer.from(args[1] ?? '', 'base64');
  const factor = Number(args[2]);
  if (!/^[1-9]\d?$/.test(args[2] ?? '') || factor > MAX_WORK_FACTOR || salt.length !== 16)
    return undefined;
  return open(toPassphraseKey(passphrase, salt, factor), Buffer.alloc(12), body);
}

/** scrypt as age has it: N = 2^factor, r = 8, p = 1. */
export function toPassphraseKey(passphrase: string, salt: Buffer, factor: number): Buffer {
  const labelled = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt]);
  const N = 2 ** factor;
  return loadCrypto().scryptSync(passphrase, labelled, 32, {
    N,
    r: 8,
    p: 1,
    maxmem: N * 1024 + 32 * 1024 * 1024,
  });
}

/** The chunks after the nonce; undefined when one was changed, moved, added or is missing. */
function openPayload(fileKey: Buffer, payload: Buffer): Buffer | undefined {
  if (payload.length < 16 + TAG) return undefined;
  const key = derive(fileKey, payload.subarray(0, 16), 'payload');
  const sealed = payload.subarray(16);
  const parts: Buffer[] = [];
  const size = CHUNK + TAG;
  const count = Math.ceil(sealed.length / size);
  for (let index = 0; index < count; index++) {
    const nonce = Buffer.alloc(12);
    nonce.writeUIntBE(index, 5, 6);
    nonce[11] = index === count - 1 ? 1 : 0;
    const part = open(key, nonce, sealed.subarray(index * size, (index + 1) * size));
    // Only the single chunk of an empty file may be empty.
    if (part === undefined || (part.length === 0 && count > 1)) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
