import { openTestDatabases } from '#store/testing';
import { describe, expect, test } from 'vitest';
import { readLinkToken, toLinkToken } from './link-token.ts';

describe.each(openTestDatabases())('$name', ({ open }) => {
  test('whoever asks gets the same token, also at the same time', async () => {
    const db = await open();
    const all = await Promise.all([readLinkToken(db), readLinkToken(db), readLinkToken(db)]);
    expect(new Set([...all, await readLinkToken(db)]).size).toBe(1);
    expect(all[0]).toMatch(/^[0-9a-f]{64}$/);
    await db.close();
  });
});

test('of a key: the same for the same key, and it does not hold the key', () => {
  expect(toLinkToken('sk-1')).toBe(toLinkToken('sk-1'));
  expect(toLinkToken('sk-1')).not.toBe(toLinkToken('sk-2'));
  expect(toLinkToken('sk-1')).toMatch(/^[0-9a-f]{64}$/);
});
