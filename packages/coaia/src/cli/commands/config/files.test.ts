import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '../../testing.ts';
import type { RunOptions } from '../../testing.ts';

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-files-'));
  path = join(home, 'coaia.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (line: string, options: RunOptions = {}) =>
  runCoaia(`config ${line}`, { home, ...options });
const put = (value: unknown) =>
  writeFileSync(path, JSON.stringify(value, null, 2), { mode: 0o600 });

describe('validate', () => {
  test('lists errors with lines and ends with 3', async () => {
    put({ port: 'x', prt: 1 });
    const { code, stdout, stderr } = await run('validate');
    expect(code).toBe(3);
    expect(stdout).toContain(`Error: ${path}, line 2: port takes a whole number`);
    expect(stdout).toContain(`Warning: ${path}, line 3: prt is not a setting; did you mean port?`);
    expect(stderr).toContain('COAIA-0214');
    const json = await run('validate --json');
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      problems: [{ key: 'prt' }, { line: 2 }],
    });
  });

  test('is content without files, and names a file that is missing', async () => {
    expect(await run('validate')).toMatchObject({
      code: 0,
      stdout: '0 files, 0 errors, 0 warnings\n',
    });
    expect((await run('validate nothing.json')).code).toBe(2);
  });
});

describe('migrate', () => {
  test('shows the difference without secrets, asks, keeps a copy, and does it once', async () => {
    put({ jtaleconf: { host: 'h', password: 'very-secret-pass' }, mine: 1 });
    const before = readFileSync(path, 'utf8');
    const dry = await run('migrate --dry-run');
    expect(dry.stdout).toContain('- jtaleconf.host: "h"\n+ redis_host: "h"');
    expect(dry.stdout).toContain('- jtaleconf.password: "****"');
    expect((await run('migrate')).code).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect((await run('migrate --yes')).code).toBe(0);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      mine: 1,
      redis_host: 'h',
      redis_password: 'very-secret-pass',
    });
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe(before);
    expect(statSync(`${path}.bak`).mode & 0o777).toBe(0o600);
    expect(JSON.parse((await run('migrate --yes --json')).stdout)).toEqual({
      written: false,
      files: [],
    });
    expect(existsSync(`${path}.bak.2`)).toBe(false);
  });
});

describe('edit', () => {
  const edit = (script: string) =>
    run('edit --project', { env: { EDITOR: `sed -i ${script}`, PATH: process.env['PATH'] } });

  test('writes what is valid and nothing else', async () => {
    put({ port: 1 });
    expect((await edit('s/1/2/')).code).toBe(0);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ port: 2 });
    const bad = await edit('s/2/two/');
    expect(bad.code).toBe(3);
    const wrong = await edit('s/2/\\"two\\"/');
    expect(wrong.stderr).toMatch(/line 2: port takes[^]*COAIA-0215/);
    expect(
      (await run('edit --project', { env: { EDITOR: 'false', PATH: process.env['PATH'] } })).stderr,
    ).toContain('COAIA-0215');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ port: 2 });
    expect((await edit('s/x/x/')).stdout).toContain('Nothing changed');
  });
});

test('schema is that of the settings', async () => {
  const schema = JSON.parse((await run('schema')).stdout) as {
    readonly properties: Readonly<Record<string, unknown>>;
  };
  expect(schema.properties).toHaveProperty('openai_api_key');
  expect(schema.properties).toHaveProperty('services');
  expect(schema.properties).not.toHaveProperty('compat');
});

test('a reference is written and shown as it is; a secret may come from stdin', async () => {
  await run('set langfuse_secret_key env:TEAM_KEY --project');
  expect((await run('show')).stdout).toContain('env:TEAM_KEY');
  expect((await run('explain langfuse_secret_key --json')).stdout).toContain('env:TEAM_KEY');
  await run('set github_token -', { stdin: 'tok-1234\n' });
  expect((await run('get github_token')).stdout).toBe('tok-1234\n');
});
