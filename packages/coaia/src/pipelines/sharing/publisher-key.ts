/** The key with which this home signs packs; made when it is first needed. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import { createFolder, homePaths, readSmallFile, writeWholeFile } from '#config';
import { toFingerprint } from './pack.ts';

/** @param home The folder of Coaia. */
export function openPublisherKey(home: string): {
  readonly key: KeyObject;
  readonly publisher: string;
} {
  const folder = homePaths(home).keys;
  const path = join(folder, 'publisher.pem');
  const text = readSmallFile(path);
  const key = text === undefined ? makeKey(folder, path) : createPrivateKey(text);
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return { key, publisher: toFingerprint(der) };
}

function makeKey(folder: string, path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  createFolder(folder);
  writeWholeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), true);
  return privateKey;
}
