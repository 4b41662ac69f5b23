import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvFile } from '../env-file.ts';
import { resolveSettings } from '../resolve.ts';
import { createIdentity, encryptAge, encryptByPassphrase } from './encrypt.ts';
import { openEnvKeys, toKeyPaths } from './keys.ts';
import { readKeyring, writeKeyring } from './keyring.ts';

const own = await createIdentity();
const other = await createIdentity();
const sealed = await encryptAge('PORT=4321\n', [own.recipient]);
let cwd: string;
let home: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'coaia-keys-'));
  home = join(cwd, 'home');
  mkdirSync(join(home, 'keys'), { recursive: true });
  writeFileSync(join(home, '.env.age'), sealed);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const resolve = (env: Readonly<Record<string, string>> = {}) =>
  resolveSettings({ cwd, env: { COAIA_HOME: home, ...env } });
const keep = (text: string) => writeFileSync(toKeyPaths(home).identity, text, { mode: 0o600 });
const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    const { code, definition } = error as { code: string; definition: { exit: number } };
    return [code, definition.exit];
  }
  return undefined;
};

describe('settings in an encrypted file', () => {
  test('are read with the key in the home, in the environment or in a file', () => {
    expect(failure(resolve)).toEqual(['COAIA-0220', 3]);
    keep(`# created: now\n# public key: ${own.recipient}\n${own.identity}\n`);
    const { values, candidates } = resolve();
    expect(values.port).toBe(4321);
    expect(candidates.port[0]?.source).toBe(join(home, '.env.age'));
    expect(failure(() => resolve({ COAIA_ENV_KEY: other.identity }))).toEqual(['COAIA-0221', 3]);
    rmSync(toKeyPaths(home).identity);
    expect(resolve({ COAIA_ENV_KEY: own.identity }).values.port).toBe(4321);
    writeFileSync(join(cwd, 'k'), `${other.identity}\n${own.identity}\n`);
    expect(resolve({ COAIA_ENV_KEY_FILE: 'k' }).values.port).toBe(4321);
    expect(failure(() => resolve({ COAIA_ENV_KEY_FILE: 'gone' }))).toEqual(['COAIA-0220', 3]);
    expect(failure(() => resolve({ COAIA_ENV_KEY: 'secret' }))).toEqual(['COAIA-0225', 3]);
  });

  test('that were changed are refused', () => {
    keep(own.identity);
    const [head = '', ...rest] = sealed.split('\n');
    writeFileSync(join(home, '.env.age'), [head, ...rest.slice(1)].join('\n'));
    expect(failure(resolve)).toEqual(['COAIA-0222', 1]);
    writeFileSync(join(home, '.env.age'), sealed.slice(0, 200));
    expect(failure(resolve)).toEqual(['COAIA-0222', 1]);
  });

  test('come after the plain file of the same name', () => {
    writeFileSync(join(home, '.env'), 'PORT=1\n');
    keep(own.identity);
    expect(resolve().values.port).toBe(1);
  });

  test('without any key at hand, a reader is told that the file is encrypted', () => {
    expect(failure(() => readEnvFile(join(home, '.env.age')))).toEqual(['COAIA-0220', 3]);
  });
});

test('a locked key opens with its passphrase', async () => {
  keep(await encryptByPassphrase(`${own.identity}\n`, 'open sesame', 4));
  expect(failure(resolve)).toEqual(['COAIA-0223', 3]);
  writeFileSync(join(cwd, 'pass'), 'open sesame\n');
  expect(resolve({ COAIA_ENV_PASSPHRASE_FILE: join(cwd, 'pass') }).values.port).toBe(4321);
  writeFileSync(join(cwd, 'pass'), 'no');
  expect(failure(() => resolve({ COAIA_ENV_PASSPHRASE_FILE: join(cwd, 'pass') }))).toEqual([
    'COAIA-0223',
    3,
  ]);
  const readPassphrase = () => 'open sesame';
  const keys = openEnvKeys({ env: {}, cwd, home, readPassphrase });
  expect(keys.identities()).toEqual([own.identity]);
});

describe('the keyring', () => {
  test('is asked when the home says that the key lies there', () => {
    // A stand-in for libsecret's tool: a keyring daemon needs a desktop session.
    const bin = join(cwd, 'bin');
    mkdirSync(bin);
    const tool = process.platform === 'darwin' ? 'security' : 'secret-tool';
    const script = `#!/bin/sh\nif [ "$1" = store ]; then cat > "${cwd}/kept"; else cat "${cwd}/kept"; fi\n`;
    writeFileSync(join(bin, tool), script);
    chmodSync(join(bin, tool), 0o755);
    const env = { PATH: `${bin}:/usr/bin:/bin`, COAIA_HOME: home };
    if (process.platform !== 'darwin') expect(writeKeyring(env, home, own.identity)).toBe(true);
    else writeFileSync(join(cwd, 'kept'), own.identity);
    expect(failure(() => resolve(env))).toEqual(['COAIA-0220', 3]);
    writeFileSync(toKeyPaths(home).keyring, `${own.recipient}\n`);
    expect(resolve(env).values.port).toBe(4321);
  });

  test('that is not there is no error', () => {
    expect(writeKeyring({ PATH: cwd }, home, 'x')).toBe(false);
    expect(readKeyring({ PATH: cwd }, home)).toBeUndefined();
  });
});
