import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addTrust, isTrusted, listTrusted, removeTrust } from './trust.ts';

test('contents are trusted once, whatever their name, and forgotten again', () => {
  const home = mkdtempSync(join(tmpdir(), 'ao-trust-'));
  try {
    expect(isTrusted(home, 'aa')).toBe(false);
    addTrust(home, { path: '/a.joblib', sha256: 'aa' });
    addTrust(home, { path: '/b.joblib', sha256: 'aa' });
    addTrust(home, { path: '/c.joblib', sha256: 'cc' });
    expect(isTrusted(home, 'aa')).toBe(true);
    expect(listTrusted(home).map(({ path }) => path)).toEqual(['/b.joblib', '/c.joblib']);
    expect(removeTrust(home, 'aa')).toBe(true);
    expect(removeTrust(home, 'aa')).toBe(false);
    expect(isTrusted(home, 'cc')).toBe(true);
    writeFileSync(join(home, 'trust/models.json'), '{broken');
    expect(isTrusted(home, 'cc')).toBe(false);
  } finally {
    rmSync(home, { recursive: true });
  }
});
