import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createClientFromEnv, parseEnvFile } from './from-env.ts';

const home = mkdtempSync(join(tmpdir(), 'client-env-'));
afterEach(() => rmSync(join(home, '.env'), { force: true }));

const KEYS = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' };

test('LANGFUSE_BASE_URL wins over LANGFUSE_HOST', async () => {
  const client = await createClientFromEnv({
    ...KEYS,
    LANGFUSE_BASE_URL: 'http://a',
    LANGFUSE_HOST: 'http://b',
  });
  expect(client.baseUrl).toBe('http://a');
});

test('falls back to the file in the home folder', async () => {
  writeFileSync(
    join(home, '.env'),
    'export LANGFUSE_HOST="http://c" # x\nLANGFUSE_PUBLIC_KEY=pk\nLANGFUSE_SECRET_KEY=\'s k\'\n',
  );
  expect((await createClientFromEnv({ HOME: home })).baseUrl).toBe('http://c');
});

test('keys of the environment never go to an address from a file', async () => {
  writeFileSync(join(home, '.env'), 'LANGFUSE_HOST=http://elsewhere\n');
  await expect(createClientFromEnv({ ...KEYS, HOME: home })).rejects.toMatchObject({
    kind: 'config',
    exitCode: 3,
  });
});

test('reads quotes, comments and escapes of env files', () => {
  expect(
    parseEnvFile('\uFEFFA=1 # note\r\nexport B="x\\n\\"y\\""\n C = \'$z\' \n# D=1\nbad line\nE='),
  ).toEqual({
    A: '1',
    B: 'x\n"y"',
    C: '$z',
    E: '',
  });
});
