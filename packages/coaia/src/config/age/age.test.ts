import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, Encrypter, armor } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decryptAge, isWrappedByPassphrase } from './decrypt.ts';
import { createIdentity, encryptAge, encryptByPassphrase, toRecipient } from './encrypt.ts';

const own = await createIdentity();
const other = await createIdentity();
const secrets = { identities: [other.identity, own.identity] };
const folder = mkdtempSync(join(tmpdir(), 'coaia-age-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an armoured file', () => {
  test('opens with the key it was made for, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        const sealed = await encryptAge(text, [own.recipient]);
        expect(decryptAge(sealed, secrets)).toEqual({ text });
        const library = new Decrypter();
        library.addIdentity(own.identity);
        expect(await library.decrypt(armor.decode(sealed), 'text')).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])('of %d bytes', async (size) => {
    const text = 'x'.repeat(size);
    expect(decryptAge(await encryptAge(text, [own.recipient]), secrets)).toEqual({ text });
  });

  test('opens for each of several keys, and for no other', async () => {
    const third = await createIdentity();
    const sealed = await encryptAge('A=1', [own.recipient, other.recipient]);
    for (const { identity } of [own, other])
      expect(decryptAge(sealed, { identities: [identity] })).toEqual({ text: 'A=1' });
    expect(decryptAge(sealed, { identities: [third.identity] })).toEqual({ problem: 'key' });
    expect(decryptAge(sealed, {})).toEqual({ problem: 'key' });
  });

  test('that was changed in any byte is refused', async () => {
    const bytes = Buffer.from(armor.decode(await encryptAge('SECRET=1\n', [own.recipient])));
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(decryptAge(armor.encode(changed), secrets), `byte ${index}`).toHaveProperty('problem');
    }
    for (const cut of [0, 10, 100, bytes.length - 1])
      expect(decryptAge(armor.encode(bytes.subarray(0, cut)), secrets)).toHaveProperty('problem');
  });

  test('whose payload was changed is told from a wrong key', async () => {
    const bytes = Buffer.from(armor.decode(await encryptAge('SECRET=1\n', [own.recipient])));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    expect(decryptAge(armor.encode(bytes), secrets)).toEqual({ problem: 'damaged' });
  });

  test('of a size that scrypt cannot be asked for is not tried', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('p');
    encrypter.setScryptWorkFactor(2);
    const text = Buffer.from(await encrypter.encrypt('x')).toString('latin1');
    const huge = armor.encode(Buffer.from(text.replace(/( )2\n/, '$130\n'), 'latin1'));
    expect(decryptAge(huge, { passphrase: 'p' })).toEqual({ problem: 'key' });
  });
});

describe('a passphrase', () => {
  test('opens what the library wrapped, and the library what we wrapped', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('open sesame');
    encrypter.setScryptWorkFactor(4);
    const theirs = armor.encode(await encrypter.encrypt('text'));
    expect(decryptAge(theirs, { passphrase: 'open sesame' })).toEqual({ text: 'text' });
    expect(decryptAge(theirs, { passphrase: 'no' })).toEqual({ problem: 'key' });
    const ours = await encryptByPassphrase('text', 'pass', 4);
    expect(isWrappedByPassphrase(ours)).toBe(true);
    const library = new Decrypter();
    library.addPassphrase('pass');
    expect(await library.decrypt(armor.decode(ours), 'text')).toBe('text');
  });
});

test('what is no key of age is refused by name', async () => {
  await expect(encryptAge('x', ['age1nonsense'])).rejects.toMatchObject({ code: 'COAIA-0225' });
  await expect(toRecipient('AGE-SECRET-KEY-1NO')).rejects.toMatchObject({ code: 'COAIA-0225' });
  expect(await toRecipient(own.identity)).toBe(own.recipient);
});

const hasAge = spawnSync('age', ['--version']).status === 0;
describe.skipIf(!hasAge)(`Debian's age${hasAge ? '' : ' (not run: age is not installed)'}`, () => {
  const keyFile = join(folder, 'key.txt');
  writeFileSync(keyFile, `# a key\n${own.identity}\n`, { mode: 0o600 });

  test('opens what we wrote', async () => {
    const sealed = await encryptAge('A="1"\n# ü\n', [other.recipient, own.recipient]);
    expect(execFileSync('age', ['-d', '-i', keyFile], { input: sealed, encoding: 'utf8' })).toBe(
      'A="1"\n# ü\n',
    );
  });

  test('writes what we open', () => {
    const text = 'x'.repeat(70_000);
    const sealed = execFileSync('age', ['-a', '-r', own.recipient], {
      input: text,
      encoding: 'utf8',
    });
    expect(decryptAge(sealed, secrets)).toEqual({ text });
  });
});
