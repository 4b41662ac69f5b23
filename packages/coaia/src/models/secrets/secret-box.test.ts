import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretBox } from './secret-box.ts';

const OLD = 'a1'.repeat(32);
const NEW = Buffer.alloc(32, 7).toString('base64');

describe('the box of secrets', () => {
  let folder = '';
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'coaia-keys-')), 'keys');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('opens what it sealed, also in another process of the same home', () => {
    const secret = openSecretBox({ folder }).seal('sk-é-1', 'connection:1');
    expect(openSecretBox({ folder }).open(secret, 'connection:1')).toBe('sk-é-1');
    expect(statSync(join(folder, 'secrets.key')).mode & 0o777).toBe(0o600);
  });

  it('never seals the same text into the same bytes', () => {
    const box = openSecretBox({ folder });
    expect(box.seal('x', 'c').sealed).not.toBe(box.seal('x', 'c').sealed);
  });

  it('refuses another context, a changed text and a lost key', () => {
    const box = openSecretBox({ folder });
    const secret = box.seal('sk-1', 'a');
    const bytes = Buffer.from(secret.sealed, 'base64');
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    const changed = { ...secret, sealed: bytes.toString('base64') };
    for (const open of [() => box.open(secret, 'b'), () => box.open(changed, 'a')])
      expect(open).toThrow(expect.objectContaining({ code: 'COAIA-4020' }));
    writeFileSync(join(folder, 'secrets.key'), `${OLD}\n`);
    expect(() => box.open(secret, 'a')).toThrow(/is not here/);
  });

  it('takes a key of the environment and makes no file then', () => {
    const box = openSecretBox({ folder, key: OLD });
    const secret = box.seal('sk-1', 'a');
    expect(existsSync(folder)).toBe(false);
    const rotated = openSecretBox({ folder, key: `${NEW},${OLD}` });
    expect(rotated.open(secret, 'a')).toBe('sk-1');
    expect(rotated.seal('sk-1', 'a').keyId).not.toBe(secret.keyId);
    expect(() => openSecretBox({ folder, key: NEW }).open(secret, 'a')).toThrow(/is not here/);
  });

  it('still opens secrets of the file after the environment took over', () => {
    const secret = openSecretBox({ folder }).seal('sk-1', 'a');
    expect(openSecretBox({ folder, key: NEW }).open(secret, 'a')).toBe('sk-1');
  });

  it('refuses keys that are none, without repeating them', () => {
    const open = () => openSecretBox({ folder, key: 'hunter2' }).seal('x', 'c');
    expect(open).toThrow(expect.objectContaining({ code: 'COAIA-4021' }));
    expect(open).not.toThrow(/hunter2/);
    const file = openSecretBox({ folder });
    file.seal('x', 'c');
    writeFileSync(join(folder, 'secrets.key'), 'nonsense\n');
    expect(() => file.seal('x', 'c')).toThrow(expect.objectContaining({ code: 'COAIA-4022' }));
    expect(readFileSync(join(folder, 'secrets.key'), 'utf8')).toBe('nonsense\n');
  });
});
