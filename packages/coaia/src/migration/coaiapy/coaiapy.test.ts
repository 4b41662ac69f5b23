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
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import type { RunOptions } from '#cli/testing';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-coaiapy-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (line = '', options: RunOptions = {}) =>
  runCoaia(`migrate coaiapy ${line}`, { home, ...options });
const read = (name: string) => readFileSync(join(home, name), 'utf8');

function put(name: string, content: unknown) {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), {
    mode: 0o644,
  });
}

function fill() {
  put('coaia.json', {
    openai_api_key: 'sk-very-secret-key-1',
    model: 'gpt-4o-mini',
    model2: 'x',
    d2s_instruction: 'Sum it up',
    pollyconf: { key: 'AKIAEXAMPLE', secret: 'aws-secret-word', region: '' },
    jtaleconf: { host: 'localhost', port: 6379, password: '', ssl: false },
    whatever: 1,
  });
  put('.coaia-env', '{"COAIA_TRACE_ID": "t1", "_COAIA_ENV_NAME": "x", "A;B": "1"}');
  put('.coaia/global.env.dev', 'X="1"\n');
  put('.coaia/score-configs/p1.json', { configs: [{ id: 'c1', name: 'n' }], last_sync: 'x' });
  put('.coaia/templates/etl.yaml', 'name: etl\nsteps:\n  - name: a\n');
  put('session.yml', 'session_id: s\nnodes:\n  - {trace_id: t, name: n}\n');
  put('.env', 'LANGFUSE_HOST=https://a.example\n');
}

test('says what it would do without doing it, and shows no secret', async () => {
  fill();
  const before = read('coaia.json');
  const { code, stdout } = await run('--dry-run', { env: { LANGFUSE_HOST: 'https://b.example' } });
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/very-secret|aws-secret-word|AKIAEXAMPLE/);
  expect(stdout).toContain('pollyconf.key: "****" becomes aws_access_key_id');
  expect(stdout).toContain('jtaleconf.host: "localhost" becomes redis_host');
  expect(stdout).toContain('stays: model2 is read by nothing');
  expect(stdout).toContain('whatever (line 1) is not a setting');
  expect(stdout).toContain('"A;B" cannot be the name of a variable');
  expect(stdout).toContain('the environment wins over it for LANGFUSE_HOST');
  expect(stdout).toContain('etl, 1 steps');
  expect(stdout).toContain('1 nodes, read as it is by coaia fuse sessions');
  expect(read('coaia.json')).toBe(before);
  expect(statSync(join(home, '.coaia-env')).mode & 0o777).toBe(0o644);
});

test('converts with a copy, closes files, moves caches, and changes nothing the second time', async () => {
  fill();
  const before = read('coaia.json');
  expect((await run()).code).toBe(2);
  const { code, stdout } = await run('--yes');
  expect(code).toBe(0);
  expect(stdout).toContain(`the old file is ${join(home, 'coaia.json.bak')}`);
  expect(JSON.parse(read('coaia.json'))).toEqual({
    openai_api_key: 'sk-very-secret-key-1',
    model: 'gpt-4o-mini',
    model2: 'x',
    d2s_instruction: 'Sum it up',
    whatever: 1,
    redis_host: 'localhost',
    redis_port: 6379,
    redis_ssl: false,
    aws_access_key_id: 'AKIAEXAMPLE',
    aws_secret_access_key: 'aws-secret-word',
  });
  expect(read('coaia.json.bak')).toBe(before);
  for (const name of ['coaia.json', 'coaia.json.bak', '.coaia-env', '.coaia/global.env.dev'])
    expect(statSync(join(home, name)).mode & 0o077, name).toBe(0);
  expect(existsSync(join(home, '.coaia/cache/score-configs/p1.json'))).toBe(true);
  const again = JSON.parse((await run('--yes --json')).stdout) as { readonly changed: number };
  expect(again).toMatchObject({ changed: 0, backups: [] });
  expect(existsSync(join(home, 'coaia.json.bak.2'))).toBe(false);
});

test('a damaged file is named and left; the others are taken over', async () => {
  put('coaia.json', '{"a": ');
  put('.coaia/score-configs/p1.json', '[]');
  put('.coaia/templates/x.json', '{"steps": []}');
  put('.coaia-env', 'A=1\n');
  const { code, stdout } = await run('--yes');
  expect(code).toBe(5);
  expect(stdout).toMatch(/cannot be used: \S+coaia\.json, line 1/);
  expect(stdout).toContain('it is no cache of score configs');
  expect(stdout).toContain('it has no name');
  expect(read('coaia.json')).toBe('{"a": ');
  expect(statSync(join(home, '.coaia-env')).mode & 0o777).toBe(0o600);
});

test('a file at an old place is copied to the usual one', async () => {
  mkdirSync(join(home, 'Documents'));
  writeFileSync(join(home, 'Documents/coaia.json'), '{"github": {"api_token": "tok"}}', {
    mode: 0o600,
  });
  expect((await run('--yes')).code).toBe(0);
  expect(JSON.parse(read('coaia.json'))).toEqual({ github_token: 'tok' });
  expect((await run('--yes --json')).stdout).toContain('"changed": 0');
});

test('nothing is nothing', async () => {
  expect(await run()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('CoAiAPy left nothing here'),
  });
});
