/** `coaia env` on plain files, as CoAiAPy's users type it. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

describe('init', () => {
  test('makes a private file and never writes over one', async () => {
    const { code, stdout, stderr } = await run('init');
    expect(code).toBe(0);
    expect(stdout).toContain('| COAIA_TRACE_ID ');
    expect(stdout).toMatch(/Total variables: 5\n$/);
    expect(stderr).toBe(`Made ${join(home, '.coaia-env')}.\n`);
    expect(statSync(join(home, '.coaia-env')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(read('.coaia-env'))).toMatchObject({
      COAIA_TRACE_ID: '',
      _COAIA_ENV_NAME: 'default',
      _COAIA_ENV_LOCATION: 'project',
    });
    await run('set A b');
    const again = await run('init');
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain('COAIA-5403');
    expect(JSON.parse(read('.coaia-env'))).toMatchObject({ A: 'b' });
    expect((await run('init --force')).code).toBe(0);
    expect(JSON.parse(read('.coaia-env'))).not.toHaveProperty('A');
    expect(backups().map((text) => (JSON.parse(text) as { A: string }).A)).toEqual(['b']);
  });

  test('takes every spelling of the place', async () => {
    await run('init --global');
    await run('init --location global --name dev');
    await run('init --name dev --format env');
    await run('init --name default');
    expect(readdirSync(join(home, '.coaia')).toSorted()).toEqual(['global.env', 'global.env.dev']);
    expect(read('.coaia-env.dev')).toMatch(/^COAIA_TRACE_ID=\n/);
    expect(existsSync(join(home, '.coaia-env'))).toBe(true);
    expect((await run('init --global --location project')).stderr).toContain('COAIA-5405');
  });

  test.each(['../x', 'a/b', '.', 'x.age', 'a b'])('%j is no name', async (name) => {
    const { code, stderr } = await run(['init', '--name', name]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/COAIA-(?:5400|0204)/);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('set, get and unset', () => {
  test('keep the form, comments and order of the file', async () => {
    put('.coaia-env', '# mine\nB="1" # first\n\nA=2\n');
    expect(await run('set B 3 --persist')).toEqual({
      code: 0,
      stdout: `Set B in ${join(home, '.coaia-env')}.\n`,
      stderr: '',
    });
    await run('set C "x y"');
    expect(read('.coaia-env')).toBe("# mine\nB=3 # first\n\nA=2\nC='x y'\n");
    await run('unset A');
    expect((await run('unset A')).code).toBe(0);
    expect(read('.coaia-env')).toBe("# mine\nB=3 # first\n\nC='x y'\n");
    put('.coaia-env.j', '{"Z": 1, "A": {"B": "c"}}');
    await run('set A__B d --name j');
    expect(JSON.parse(read('.coaia-env.j'))).toEqual({ Z: 1, A: { B: 'd' } });
    expect(statSync(join(home, '.coaia-env')).mode & 0o777).toBe(0o600);
  });

  test('convert only when asked, and keep a copy', async () => {
    put('.coaia-env', 'A=1\n');
    await run('set B 2 --format json');
    expect(JSON.parse(read('.coaia-env'))).toEqual({ A: '1', B: '2' });
    await run('set C 3');
    await run('set D 4 --format env');
    expect(read('.coaia-env')).toBe('A=1\nB=2\nC=3\nD=4\n');
    expect(backups()).toHaveLength(2);
  });

  test('read a secret from stdin', async () => {
    await run('set OPENAI_API_KEY -', { stdin: 'sk-1\n' });
    expect((await run('get OPENAI_API_KEY')).stdout).toBe('sk-1\n');
  });

  test('refuse what no shell could have, and write nothing', async () => {
    for (const words of [
      ['A;B', 'x'],
      ['1A', 'x'],
      ['A-B', 'x'],
      ['', 'x'],
      ['$(id)', 'x'],
    ]) {
      const { code, stdout } = await run(['set', ...words]);
      expect([code, stdout], words[0]).toEqual([2, '']);
    }
    expect((await run(['set', 'A', 'x\0y'])).stderr).toContain('COAIA-5404');
    expect((await run(['set', 'A', '\uD800'])).code).toBe(2);
    expect((await run(['set', 'A;B', 'x', '--temp'])).code).toBe(2);
    expect((await run(['unset', 'A;B', '--temp'])).code).toBe(2);
    expect(readdirSync(home)).toEqual([]);
  });

  test('with --temp print a line and change nothing', async () => {
    expect((await run(['set', 'K', '--temp', "a'b"])).stdout).toBe(`export K='a'\\''b'\n`);
    expect((await run('set K v --temp --shell fish')).stdout).toBe("set -gx K 'v'\n");
    expect((await run('unset K --temp')).stdout).toBe('unset K\n');
    expect((await run('unset K --temp --shell powershell')).stdout).toContain('Env:K');
    expect((await run('unset K --temp --shell json')).stderr).toContain('COAIA-5405');
    expect((await run('set K v --temp --persist')).code).toBe(2);
    expect(readdirSync(home)).toEqual([]);
  });

  test('get follows process, project, home and --default', async () => {
    expect((await run('get K')).code).toBe(1);
    expect((await run('get K --default d')).stdout).toBe('d\n');
    await run('set K home --global');
    expect((await run('get K')).stdout).toBe('home\n');
    await run('set K project');
    expect((await run('get K')).stdout).toBe('project\n');
    expect((await run('get K', { env: { K: 'process' } })).stdout).toBe('process\n');
    expect((await run('get K', { env: { K: '' } })).stdout).toBe('project\n');
    expect((await run('get K --global', { env: { K: 'process' } })).stdout).toBe('home\n');
    expect((await run('get K --name default', { env: { K: 'x' } })).stdout).toBe('project\n');
    await run(['set', 'E', '']);
    expect(await run('get E')).toMatchObject({ code: 0, stdout: '\n' });
    expect((await run('get GONE --name default')).stderr).toContain('COAIA-5402');
    expect((await run('get K --name gone')).stderr).toContain('COAIA-5401');
    const { stdout } = await run('resolve K --json', { env: { K: 'p' } });
    expect(JSON.parse(stdout)).toEqual([{ name: 'K', value: 'p', source: 'environment' }]);
  });
});

describe('list', () => {
  test('names places, and hides what is secret', async () => {
    expect((await run('list')).stdout).toBe('No environments found.\n');
    await run('set PLAIN john');
    await run('set MY_TOKEN canary-1 --name a.b');
    await run('set X y --global');
    put('.coaia-env~', 'not listed');
    expect(JSON.parse((await run('list --json')).stdout)).toEqual({
      project: ['default', 'a.b'],
      global: ['default'],
    });
    expect(JSON.parse((await run('list --global --json')).stdout)).toEqual({ global: ['default'] });
    expect((await run('list')).stdout).toMatch(/\| project {2}\| a\.b {5}\| +1 \|/);
    const { stdout } = await run('list --name a.b');
    expect(stdout).toContain('| MY_TOKEN | ****');
    expect((await run('list --name a.b --json')).stdout).not.toContain('canary');
    expect((await run('list --name a.b --reveal')).stdout).toContain('canary-1');
    expect((await run('list --name default')).stdout).toContain('john');
    expect((await run('a.b')).stdout).toContain('MY_TOKEN');
    expect((await run('PLAIN')).stdout).toContain('john');
    expect((await run('nothing')).stderr).toContain('COAIA-5401');
    const alias = await runCoaia('environment list --json', { home });
    expect(alias.stdout).toContain('a.b');
  });

  test('spells control characters out', async () => {
    await run(['set', 'A', `x\n\u001B[m${'y '.repeat(60)}`]);
    const { stdout } = await run('list --name default');
    expect(stdout).toContain(String.raw`x\n\u001b[my y`);
    expect(stdout).not.toContain('\u001B');
  });
});

describe('source and save', () => {
  test('source prints lines without metadata, in every form', async () => {
    await run('init');
    await run('set A "b c"');
    put('.coaia-env.odd', 'A.B=1\nC=2\n');
    const { stdout } = await run('source --export');
    expect(stdout.split('\n')).toHaveLength(7);
    expect(stdout).toContain("export A='b c'\n");
    expect(stdout).not.toContain('_COAIA_ENV_');
    expect((await run('source --shell dotenv')).stdout).toContain('A="b c"');
    expect(JSON.parse((await run('source --shell json')).stdout)).toMatchObject({ A: 'b c' });
    expect((await run('source --export-format fish')).stdout).toContain("set -gx A 'b c'");
    expect((await run('source')).stdout).toContain('| A ');
    const odd = await run('source --export --name odd');
    expect(odd.stdout).toBe("export C='2'\n");
    expect(odd.stderr).toContain('A.B');
    expect(await run('source --export --name gone')).toMatchObject({ code: 1, stdout: '' });
  });

  const env = { COAIA_TRACE_ID: 't1', COAIA_USER_ID: "o'brien", OTHER: 'x' };

  test('save adds to the file, --replace leaves nothing else, copies are kept', async () => {
    put('.coaia-env.x', 'KEEP=1\nCOAIA_TRACE_ID=old\n');
    const { code, stdout, stderr } = await run('save --name x --context-name "My work"', { env });
    expect(code).toBe(0);
    expect(stdout).toBe(
      "export COAIA_TRACE_ID='t1'\nexport COAIA_USER_ID='o'\\''brien'\nexport _COAIA_CONTEXT_NAME='My work'\n",
    );
    expect(stderr).toContain('Saved 3 variables');
    expect(read('.coaia-env.x')).toMatch(/^KEEP=1\nCOAIA_TRACE_ID=t1\n/);
    expect(read('.coaia-env.x')).not.toContain('OTHER');
    await run('save --name x --replace', { env });
    expect(read('.coaia-env.x')).not.toContain('KEEP');
    expect(backups()).toHaveLength(2);
    const seen = await run('save --name y', { env, isTTY: true });
    expect(seen.stdout).toContain('| COAIA_TRACE_ID ');
  });

  test('clear asks, and needs --confirm or --yes where nobody can be asked', async () => {
    await run('init --name x');
    expect((await run('clear --name x')).code).toBe(2);
    expect((await run('clear --name x', { isTTY: true, answers: ['n'] })).code).toBe(1);
    expect(existsSync(join(home, '.coaia-env.x'))).toBe(true);
    expect((await run('clear --name x --confirm')).code).toBe(0);
    expect(existsSync(join(home, '.coaia-env.x'))).toBe(false);
    expect((await run('clear --name x --yes')).stderr).toContain('COAIA-5401');
  });
});
