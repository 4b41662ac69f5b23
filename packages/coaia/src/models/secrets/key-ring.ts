/** The keys secrets are encrypted under: from COAIA_ENCRYPTION_KEY, or a file of the home. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { updateFile } from '#config';
import { modelFailures } from '../errors.ts';

export interface SecretKey {
  /** First 16 hex digits of the key's SHA-256. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** 64 hex digits or base64 of 32 bytes; undefined for anything else. */
export function parseKey(text: string): SecretKey | undefined {
  const isHex = /^[\da-f]{64}$/i.test(text);
  if (!isHex && !/^[\w+/-]{43}=?$/.test(text)) return undefined;
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64');
  if (bytes.length !== 32) return undefined;
  const { createHash } = process.getBuiltinModule('node:crypto');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
}

/** The keys of the variable, newest first. Throws COAIA-4021. */
export function parseKeys(text: string): readonly SecretKey[] {
  return text.split(',').map((part) => {
    const key = parseKey(part.trim());
    if (key !== undefined) return key;
    throw modelFailures.create(
      'COAIA-4021',
      'COAIA_ENCRYPTION_KEY holds something that is not a key of 32 bytes.',
      { hint: 'export COAIA_ENCRYPTION_KEY=$(openssl rand -hex 32)' },
    );
  });
}

/** The keys of the file, newest first; none when there is no file. Throws COAIA-4022. */
export function readKeyFile(path: string): readonly SecretKey[] {
  const text = readText(path);
  if (text === undefined) return [];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const key = parseKey(line.trim());
      if (key !== undefined) return key;
      throw modelFailures.create('COAIA-4022', `${path} has a line that is not a key.`);
    });
}

/** The keys of the file, which is made with one new key when it is not there. Throws COAIA-4022. */
export function createKeyFile(path: string): readonly SecretKey[] {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Of many processes that start at once, one writes; the others find its key.
    updateFile(path, () => (readText(path) === undefined ? `${createKeyText()}\n` : undefined));
  } catch (error) {
    throw modelFailures.create('COAIA-4022', `${path} cannot be written.`, { cause: error });
  }
  return readKeyFile(path);
}

function createKeyText(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(32).toString('hex');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw modelFailures.create('COAIA-4022', `${path} cannot be read.`, { cause: error });
  }
}
