/** Checks 22 to 24: files of variables, environments, and what a shell gets of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import type { RunOptions } from '../../packages/coaia/src/cli/testing.ts';
import {
  openSpawnHome,
  spawnCoaia,
} from '../../packages/coaia/src/observability/testing/spawn-coaia.ts';
import { run as runProgram } from '../python/python-env.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-acceptance-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const coaia = (words: readonly string[], options: RunOptions = {}) =>
  runCoaia(words, { home, ...options });
const env = (...words: readonly string[]) => coaia(['env', ...words]);

describe('check 22: files of variables', () => {
  test('.env comes after the process, or before it with the switch', async () => {
    writeFileSync(join(home, '.env'), 'export COAIA_STRICT=langfuse # as upstream\n');
    const get = ['config', 'explain', 'strict', '--json'];
    const winner = async (more: Readonly<Record<string, string>>) => {
      const { stdout } = await coaia(get, { env: { COAIA_STRICT: 'langfuse', ...more } });
      const { candidates } = JSON.parse(stdout) as {
        candidates: readonly { readonly source: string; readonly wins: boolean }[];
      };
      return candidates.find(({ wins }) => wins)?.source;
    };
    expect(await winner({})).toBe('environment');
    expect(await winner({ COAIA_DOTENV_OVERRIDE: '1' })).toBe(join(home, '.env'));
  });

  test('export, comments, --env with a JSON file, and a missing file', async () => {
    writeFileSync(join(home, 'a.env'), 'export COAIA_PORT=1234 # c\n');
    writeFileSync(join(home, 'b.json'), '{"COAIA_PORT": 4321}');
    const port = ['config', 'get', 'port'];
    expect(await coaia(['--env', 'a.env', ...port])).toEqual({
      code: 0,
      stdout: '1234\n',
      stderr: '',
    });
    expect(await coaia(['--env', 'b.json', ...port])).toEqual({
      code: 0,
      stdout: '4321\n',
      stderr: '',
    });
    expect(await coaia([...port, '--env', 'gone'])).toMatchObject({ code: 1, stdout: '' });
  });
});

/** What a POSIX shell has after evaluating the lines, and the files it left behind. */
async function evaluate(lines: string): Promise<string> {
  const place = openSpawnHome();
  const script = 'eval "$LINES"; printf %s "$K"; ls';
  const { stdout } = await runProgram('sh', ['-c', script], {
    env: { PATH: process.env['PATH'], LINES: lines },
    cwd: place.home,
  });
  return stdout;
}

describe('check 23: environments', () => {
  test('init refuses what is there; set, the form of a file, and the hierarchy', async () => {
    expect((await env('init')).code).toBe(0);
    const before = readFileSync(join(home, '.coaia-env'), 'utf8');
    expect((await env('init')).code).toBe(1);
    expect(readFileSync(join(home, '.coaia-env'), 'utf8')).toBe(before);
    expect((await env('init', '--global')).code).toBe(0);
    expect((await env('set', 'K', 'V', '--persist')).code).toBe(0);
    writeFileSync(join(home, '.coaia-env.d'), '# first\nA="b"\n');
    await env('set', 'C', 'd', '--name', 'd');
    expect(readFileSync(join(home, '.coaia-env.d'), 'utf8')).toBe('# first\nA="b"\nC=d\n');
    await env('set', 'K', 'G', '--global');
    expect((await env('get', 'K')).stdout).toBe('V\n');
    expect((await coaia(['env', 'get', 'K'], { env: { K: 'OS' } })).stdout).toBe('OS\n');
    await env('unset', 'K');
    expect((await env('get', 'K')).stdout).toBe('G\n');
    expect((await env('get', 'NONE', '--default', 'D')).stdout).toBe('D\n');
  });

  test.each(['json', 'env'])(
    'an odd value round-trips through a %s file and eval',
    async (form) => {
      const value = `a "b" $c 'd'`;
      await env('set', 'K', value, '--format', form);
      expect((await env('get', 'K')).stdout).toBe(`${value}\n`);
      const { stdout } = await env('source', '--export');
      expect(await evaluate(stdout)).toBe(`${value}coaia\n`);
    },
  );
});

describe('check 24: the shell', () => {
  test('eval "$(coaia env save --name x)" sets what was saved, and says so on stderr', async () => {
    const place = openSpawnHome({ COAIA_TRACE_ID: "a'b; touch pwned", COAIA_USER_ID: 'ada' });
    const script = `
      lines="$(coaia env save --name x)" && unset COAIA_TRACE_ID COAIA_USER_ID && eval "$lines"
      printf '%s|%s' "$COAIA_TRACE_ID" "$COAIA_USER_ID"; ls -A`;
    const { stdout } = await runProgram('sh', ['-c', script], { env: place.env, cwd: place.home });
    expect(stdout).toMatch(/^a'b; touch pwned\|ada/);
    expect(stdout).not.toContain('pwned\n');
    const again = await spawnCoaia(place, ['env', 'save', '--name', 'x']);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Saved 2') });
  });

  test('a key that would be a command exits 2 and writes nothing', async () => {
    expect(await env('set', 'A;B', 'x')).toMatchObject({ code: 2, stdout: '' });
    expect(await env('list')).toMatchObject({ stdout: 'No environments found.\n' });
  });
});

describe('the seeds, as they are written there', () => {
  test.each([
    'env init',
    'env init --global',
    'env init --name dev',
    'env set COAIA_USER_ID "john" --persist',
    'env set DEBUG_MODE "true" --temp',
    'env unset OLD_VARIABLE',
    'env list',
    'env list --json',
    'env save --name "my-context"',
  ])('coaia %s', async (line) => {
    expect((await runCoaia(line, { home })).code).toBe(0);
  });

  test('eval $(coaia env source --export), get and list of one', async () => {
    await runCoaia('env init --name dev', { home });
    await runCoaia('env set COAIA_TRACE_ID t1', { home });
    expect(await runCoaia('env get COAIA_TRACE_ID', { home })).toMatchObject({ stdout: 't1\n' });
    expect((await runCoaia('env list --name dev', { home })).code).toBe(0);
    const { stdout } = await runCoaia('env source --export', { home });
    expect(stdout).toBe("export COAIA_TRACE_ID='t1'\n");
  });
});
