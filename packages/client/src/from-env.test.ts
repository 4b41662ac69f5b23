import { execFileSync } from 'node:child_process';
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

test('the file in the working folder comes before the one at home', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-cwd-'));
  const line = (host: string) =>
    `LANGFUSE_HOST=${host}\nLANGFUSE_PUBLIC_KEY=pk\nLANGFUSE_SECRET_KEY=sk\n`;
  writeFileSync(join(folder, '.env'), line('http://here'));
  writeFileSync(join(home, '.env'), line('http://at-home'));
  const module = JSON.stringify(join(import.meta.dirname, 'from-env.ts'));
  const code = `const { createClientFromEnv } = await import(${module});
    process.stdout.write((await createClientFromEnv({ HOME: ${JSON.stringify(home)} })).baseUrl);`;
  const run = () =>
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder }).toString();
  expect(run()).toBe('http://here');
  rmSync(join(folder, '.env'));
  expect(run()).toBe('http://at-home');
  rmSync(folder, { recursive: true });
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
