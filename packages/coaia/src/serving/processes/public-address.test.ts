import { describe, expect, it } from 'vitest';
import { readEnvironmentKeys } from './environment-keys.ts';
import { requirePublicKeys } from './public-address.ts';

describe('an address that others reach', () => {
  const ask =
    (host: string, hasKeys: boolean, isInsecure = false) =>
    () =>
      requirePublicKeys({ host, hasKeys, isInsecure });

  it('needs keys, or the word that it needs none; the exit code is that of settings', () => {
    const refusal = { code: 'AO421', definition: expect.objectContaining({ exit: 3 }) };
    expect(ask('0.0.0.0', false)).toThrow(expect.objectContaining(refusal));
    for (const host of [
      '::',
      '[::]',
      '0',
      '',
      'example.org',
      '::ffff:0.0.0.0',
      '127.0.0.1.example',
    ])
      expect(ask(host, false), host).toThrow(expect.objectContaining(refusal));
    expect(ask('0.0.0.0', true)).not.toThrow();
    expect(ask('0.0.0.0', false, true)).not.toThrow();
    expect(ask('127.0.0.1', false)).not.toThrow();
  });

  it('a file of keys without a key is refused, not taken for no wish at all', () => {
    for (const file of ['/dev/null', '/no/such/file'])
      expect(() => readEnvironmentKeys({ AO_API_KEYS_FILE: file })).toThrow(
        expect.objectContaining({ code: 'AO421' }),
      );
    expect(readEnvironmentKeys({ AO_API_KEYS: ' , ' })).toBeUndefined();
  });
});
