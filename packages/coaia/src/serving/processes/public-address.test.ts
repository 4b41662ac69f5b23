import { describe, expect, it } from 'vitest';
import { requirePublicKeys } from './public-address.ts';

describe('an address that others reach', () => {
  const ask =
    (host: string, hasKeys: boolean, isInsecure = false) =>
    () =>
      requirePublicKeys({ host, hasKeys, isInsecure });

  it('needs keys, or the word that it needs none; the exit code is that of settings', () => {
    const refusal = { code: 'AO421', definition: expect.objectContaining({ exit: 3 }) };
    expect(ask('0.0.0.0', false)).toThrow(expect.objectContaining(refusal));
    expect(ask('0.0.0.0', true)).not.toThrow();
    expect(ask('0.0.0.0', false, true)).not.toThrow();
    expect(ask('127.0.0.1', false)).not.toThrow();
  });
});
