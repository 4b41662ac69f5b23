import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveSettings } from './resolve.ts';
import { foreignKeys, resolveTarget } from './target.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-target-'));
  mkdirSync(join(home, 'work'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function target(env: Readonly<Record<string, string>>) {
  return resolveTarget(
    resolveSettings({ cwd: join(home, 'work'), env: { HOME: home, COAIA_HOME: home, ...env } }),
  );
}

const keys = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' };

test('nothing set: the local store', () => {
  expect(target({})).toEqual({ kind: 'local' });
});

test('address and keys: that server', () => {
  expect(target({ ...keys, LANGFUSE_HOST: 'https://server/' })).toEqual({
    kind: 'remote',
    baseUrl: 'https://server',
    publicKey: 'pk',
    secretKey: 'sk',
  });
});

test('keys alone that are the local ones: the local store', () => {
  writeFileSync(join(home, 'credentials.json'), '{"publicKey": "pk", "secretKey": "sk"}');
  expect(target(keys)).toEqual({ kind: 'local' });
  expect(
    target({
      ...keys,
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk',
      LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk',
    }),
  ).toEqual({ kind: 'local' });
});

test('other keys alone: local, but whoever opens the store must check them', () => {
  writeFileSync(join(home, 'credentials.json'), '{"publicKey": "pk", "secretKey": "another"}');
  expect(target(keys)).toEqual({ kind: 'local', keys: { publicKey: 'pk', secretKey: 'sk' } });
  expect(foreignKeys('pk')).toMatchObject({ code: 'COAIA-0210', definition: { exit: 3 } });
  expect(foreignKeys('pk').hint).toMatch(/LANGFUSE_BASE_URL.* or unset /);
});

test.each([{}, { LANGFUSE_PUBLIC_KEY: 'pk' }, { LANGFUSE_SECRET_KEY: 'sk' }])(
  'an address with keys %j: exit 3, naming where the address comes from',
  (some) => {
    expect(() => target({ ...some, LANGFUSE_HOST: 'http://server' })).toThrow(
      /http:\/\/server is chosen \(LANGFUSE_HOST in environment\)/,
    );
  },
);

test('keys of another source are named, not used', () => {
  writeFileSync(join(home, 'work', '.env'), 'LANGFUSE_PUBLIC_KEY=pk\nLANGFUSE_SECRET_KEY=sk');
  expect(() => target({ LANGFUSE_HOST: 'http://server' })).toThrow(/never sent to it/);
});

test('the address of the server that runs on this home needs no keys', () => {
  writeFileSync(join(home, 'server.json'), '{"url": "http://127.0.0.1:26242"}');
  expect(target({ LANGFUSE_HOST: 'http://127.0.0.1:26242/' })).toEqual({ kind: 'local' });
});
