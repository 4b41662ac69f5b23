/** Profiles, the hook, and files that are damaged. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import type { RunOptions } from '#cli/testing';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-env-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (line: string | readonly string[], options: RunOptions = {}) =>
  runCoaia(typeof line === 'string' ? `env ${line}` : ['env', ...line], { home, ...options });
const read = (name: string) => readFileSync(join(home, name), 'utf8');
const put = (name: string, text: string) => writeFileSync(join(home, name), text);
const backups = () => {
  const folder = join(home, '.coaia', 'backups');
  return existsSync(folder)
    ? readdirSync(folder).map((name) => read(`.coaia/backups/${name}`))
    : [];
};

describe('profiles', () => {
  test('use is remembered for the folder and names the environment', async () => {
    await run('set K plain');
    await run('set K dev --name dev');
    expect((await run('use dev')).stdout).toContain('The profile dev is used');
    expect((await run('get K')).stdout).toBe('dev\n');
    await run('set L 1');
    expect(read('.coaia-env.dev')).toContain('"L": "1"');
    expect((await run('use prod --export')).stdout).toBe("export COAIA_PROFILE='prod'\n");
    const shell = await run('use dev', { env: { COAIA_PROFILE: 'prod' } });
    expect(shell.stderr).toContain('COAIA_PROFILE is prod');
    put('.env.staging', '');
    put('.env.local', '');
    put('coaia.json', '{"profiles": {"travel": {"offline": true}}}');
    await runCoaia('config set protected true --profile prod', { home });
    expect(JSON.parse((await run('profiles --json')).stdout)).toEqual([
      { name: 'dev', active: true, protected: false },
      { name: 'prod', active: false, protected: true },
      { name: 'staging', active: false, protected: false },
      { name: 'travel', active: false, protected: false },
    ]);
    expect((await run('use default --export')).stdout).toBe('unset COAIA_PROFILE\n');
    expect((await run('get K')).stdout).toBe('plain\n');
  });

  test('diff, copy and promote', async () => {
    put('.coaia-env.dev', '# dev\nA=1\nAPI_KEY=new\nSAME=1\n');
    put('.coaia-env.prod', 'API_KEY=old\nSAME=1\nB=2\n');
    const { stdout } = await run('diff dev prod');
    expect(stdout).toMatch(/API_KEY +\| changed +\| \*{4} +\| \*{4}/);
    expect(stdout).not.toContain('SAME');
    expect(JSON.parse((await run('diff dev prod --json --reveal')).stdout)).toEqual([
      { name: 'A', change: 'removed', a: '1', b: null },
      { name: 'API_KEY', change: 'changed', a: 'new', b: 'old' },
      { name: 'B', change: 'added', a: null, b: '2' },
    ]);
    expect((await run('promote dev prod --keys API_*')).code).toBe(2);
    expect((await run('promote dev prod --keys NONE --yes')).code).toBe(1);
    const promoted = await run('promote dev prod --keys A,API_* --yes');
    expect(promoted.stdout).toContain('2 of 2 variables changed');
    expect(read('.coaia-env.prod')).toBe('API_KEY=new\nSAME=1\nB=2\nA=1\n');
    expect(backups()).toEqual(['API_KEY=old\nSAME=1\nB=2\n']);
    expect((await run('copy dev staging')).code).toBe(0);
    expect(read('.coaia-env.staging')).toBe('# dev\nA=1\nAPI_KEY=new\nSAME=1\n');
    expect((await run('copy dev prod')).stderr).toContain('COAIA-5403');
    expect((await run('copy dev global:prod')).code).toBe(0);
    expect((await run('copy dev prod --force')).code).toBe(0);
    await runCoaia('config set protected true --profile prod', { home });
    for (const line of [
      'copy staging prod --force',
      'promote dev prod --keys A',
      'clear --name prod',
    ])
      expect((await run(line, { isTTY: true, env: { NO_COLOR: '1' } })).stderr).toContain(
        'COAIA-0226',
      );
  });
});

test('a trusted folder is loaded by the hook, others are not', async () => {
  put('.coaia-env', 'A=1\nPATH=/evil\n');
  const untrusted = await run('reload --shell bash');
  expect([untrusted.stdout, untrusted.code]).toEqual(['unset COAIA_ENV_LOADED\n', 0]);
  expect(untrusted.stderr).toContain('coaia env trust');
  await run('trust');
  const loaded = await run('reload --shell bash');
  expect(loaded.stdout).toBe("export A='1'\nexport COAIA_ENV_LOADED='A'\n");
  expect(loaded.stderr).toContain('PATH');
  expect((await run('reload', { env: { A: 'mine' } })).stdout).toBe('unset COAIA_ENV_LOADED\n');
  const moved = await run('reload', { env: { B: '2', COAIA_ENV_LOADED: 'A B' } });
  expect(moved.stdout).toBe("unset B\nexport A='1'\nexport COAIA_ENV_LOADED='A'\n");
  await run('trust --remove');
  expect((await run('reload')).stdout).toBe('unset COAIA_ENV_LOADED\n');
  expect((await run('hook tcsh')).stderr).toContain('COAIA-5405');
});

test('a file of which nothing is understood is not written to', async () => {
  put('.coaia-env', 'null\n');
  expect((await run('set A 1')).stderr).toMatch(/COAIA-0201[^]*\.coaia-env/);
  expect(read('.coaia-env')).toBe('null\n');
});

test.each([
  ['{"A": 1', 'COAIA-0201'],
  ['\0\0\0', 'COAIA-0201'],
  ['<<<<<<< HEAD\nA=1\n', 'COAIA-0201'],
])('a damaged file %j is named and never written over', async (text, code) => {
  put('.coaia-env', text);
  for (const line of [
    'list --name default',
    'get A',
    'set A 1',
    'unset A',
    'save',
    'source',
    'view',
  ]) {
    const { stdout, stderr } = await run(line);
    expect([stdout, stderr.includes(code) && stderr.includes('.coaia-env')], line).toEqual([
      '',
      true,
    ]);
  }
  expect(read('.coaia-env')).toBe(text);
});
