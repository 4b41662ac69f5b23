import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '../../testing.ts';
import type { RunOptions } from '../../testing.ts';

let home: string;
let config: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-config-'));
  config = join(home, '.coaia', 'config.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (line: string, options: RunOptions = {}) =>
  runCoaia(`config ${line}`, { home, ...options });

function put(text: string) {
  mkdirSync(join(home, '.coaia'), { recursive: true });
  writeFileSync(config, text);
}

describe('set, get, unset', () => {
  test('keep the typed value in a file that only the user can read', async () => {
    expect(await run('set port 1234')).toEqual({
      code: 0,
      stdout: `port = 1234   (${config})\n`,
      stderr: '',
    });
    expect(JSON.parse(readFileSync(config, 'utf8'))).toEqual({ port: 1234 });
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, '.coaia')).mode & 0o777).toBe(0o700);
    expect((await run('get port')).stdout).toBe('1234\n');
    expect((await run('unset port')).code).toBe(0);
    expect((await run('get port')).stdout).toBe('26242\n');
    expect((await run('unset port --json')).stdout).toContain('"removed": false');
  });

  test('leave everything else in the file as it is', async () => {
    put('{"$schema": "s", "host": "h", "profiles": {"p": {"port": 1}}}');
    await run('set port 2');
    await run('set offline true --profile q');
    expect(JSON.parse(readFileSync(config, 'utf8'))).toEqual({
      $schema: 's',
      host: 'h',
      port: 2,
      profiles: { p: { port: 1 }, q: { offline: true } },
    });
  });

  test('--project writes ./coaia.json and keeps the keys of other programs', async () => {
    const path = join(home, 'coaia.json');
    writeFileSync(path, '{"openai_api_key": "x", "mns": {"a": "b"}}');
    const { stderr } = await run('set langfuse_secret_key sk-lf-123456789 --project');
    expect(stderr).toMatch(/holds a secret/);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      openai_api_key: 'x',
      mns: { a: 'b' },
      langfuse_secret_key: 'sk-lf-123456789',
    });
    expect(existsSync(config)).toBe(false);
  });

  test('say when a higher source hides the new value', async () => {
    const { stderr } = await run('set port 1', { env: { PORT: '2' } });
    expect(stderr).toBe('Note: environment sets port too and comes first.\n');
  });

  test.each([
    ['set prt 1', 'COAIA-0204: prt is not a setting. Did you mean port?'],
    ['set port x', 'COAIA-0204: port takes a whole number from 0 to 65535.'],
    ['set port -1', 'COAIA-0204: port takes a whole number'],
    ['set durability none', 'full or relaxed'],
    ['set database_url x --project', 'cannot be set by a project'],
    ['set compat coaiapy', 'environment variable only'],
    ['get prt', 'Did you mean port?'],
    ['set port', 'Missing: VALUE'],
  ])('%s is refused with exit 2 and writes nothing', async (line, sentence) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(existsSync(config)).toBe(false);
  });

  test('a name may be written as its variable or with dashes', async () => {
    await run('set PORT 7');
    expect((await run('get langfuse-base-url')).code).toBe(1);
    expect((await run('get port')).stdout).toBe('7\n');
  });

  test('an unknown key can be removed again', async () => {
    put('{"prot": 1}');
    expect((await run('get port')).code).toBe(3);
    expect((await run('unset prot')).code).toBe(0);
    expect((await run('get port')).code).toBe(0);
  });
});

describe('a damaged file', () => {
  test.each(['{"port": 1', '[]', 'null', '\0\0\0\0', '<<<<<<< HEAD\n{}\n'])(
    '%j is named, and never written over',
    async (text) => {
      put(text);
      for (const line of ['show', 'get port', 'set port 2', 'unset port']) {
        const { code, stderr } = await run(line);
        expect(code, line).toBe(3);
        expect(stderr, line).toMatch(/^Error COAIA-0201: \S+config\.json/);
      }
      expect(readFileSync(config, 'utf8')).toBe(text);
      expect((await run('path')).stdout).toBe(`${config}\n`);
    },
  );
});

describe('show and explain', () => {
  const env = {
    LANGFUSE_HOST: 'https://server.example',
    LANGFUSE_PUBLIC_KEY: 'pk-lf-1',
    LANGFUSE_SECRET_KEY: 'sk-lf-0123456789abcdef',
  };

  test('never show a secret', async () => {
    for (const line of [
      'show',
      'show --json',
      'show --origin',
      'explain langfuse_secret_key',
      'explain langfuse_secret_key --json',
    ]) {
      const { stdout } = await run(line, { env });
      expect(stdout, line).toContain('sk-lf-...cdef');
      expect(stdout, line).not.toContain('0123456789');
    }
    expect((await run('get langfuse_secret_key', { env })).stdout).toBe('sk-lf-0123456789abcdef\n');
  });

  test('show --json --origin has the value and where it comes from', async () => {
    const { stdout } = await run('show --json --origin', { env });
    expect(JSON.parse(stdout)).toMatchObject({
      port: { value: 26_242, origin: 'default' },
      langfuse_base_url: { value: 'https://server.example', origin: 'environment (LANGFUSE_HOST)' },
      database_url: { value: null, origin: 'not set' },
    });
  });

  test('the password of a database is masked', async () => {
    const options = { env: { DATABASE_URL: 'postgres://me:secret@host/db' } };
    expect((await run('show', options)).stdout).toContain('postgres://me:****@host/db');
  });

  test('explain lists every candidate, the winner marked, and why others may not', async () => {
    writeFileSync(join(home, '.env'), 'LANGFUSE_BASE_URL=https://file.example\n');
    const { stdout } = await run('explain langfuse_base_url', { env });
    expect(stdout.replaceAll(home, 'HOME')).toMatchInlineSnapshot(`
      "langfuse_base_url: Address of the server to work on; without it the store in your home is used.
      Variables: LANGFUSE_BASE_URL, LANGFUSE_HOST
      -> https://server.example   environment (LANGFUSE_HOST)
         https://file.example   HOME/.env (LANGFUSE_BASE_URL)
      "
    `);
  });

  test('explain names the --env file as a source', async () => {
    writeFileSync(join(home, 'x.env'), 'PORT=9\n');
    const { stdout } = await run('explain port --env x.env --json', { env: { PORT: '8' } });
    expect(JSON.parse(stdout)).toMatchObject({
      value: '9',
      candidates: [{ source: join(home, 'x.env'), value: '9', wins: true }, { source: 'default' }],
    });
  });
});
