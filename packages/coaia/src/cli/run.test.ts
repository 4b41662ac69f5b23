import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { commonErrors, notFound } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext, CommandEntry } from '#surface';
import { runCoaia } from './testing.ts';
import type { RunOptions } from './testing.ts';

const home = mkdtempSync(join(tmpdir(), 'coaia-run-test-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Handler = (context: CommandContext<unknown>, input: unknown) => Promise<number | void>;

/** Runs `act LINE` with this handler. */
function act(run: Handler, line = '', options: RunOptions & { readonly takesRest?: boolean } = {}) {
  const command = defineCommand({
    words: 'act',
    summary: 'Act',
    positionals: [{ name: 'word', summary: 'Any' }],
    options: {
      name: { type: 'string', summary: 'Name' },
      'export-env': { type: 'boolean', summary: 'Export' },
    },
    ...(options.takesRest === true ? { takesRest: true } : {}),
    examples: ['coaia act'],
    run,
  });
  const entries: readonly CommandEntry[] = [
    { words: 'act', summary: 'Act', load: async () => ({ command }) },
  ];
  return runCoaia(`act ${line}`, { home, entries, ...options });
}

const silent = defineCommand({
  words: 'act',
  summary: 'Act',
  positionals: [{ name: 'words', summary: 'Any', variadic: true }],
  options: { name: { type: 'string', summary: 'Name' } },
  examples: ['coaia act'],
  run: async () => {},
});
const quiet: readonly CommandEntry[] = [
  { words: 'act', summary: 'Act', load: async () => ({ command: silent }) },
];

const fail: Handler = async () => {
  throw notFound('Trace', 't1', 'coaia traces list');
};

describe('exit codes and errors', () => {
  test('nothing returned is 0, a number is the code', async () => {
    expect((await act(async () => {})).code).toBe(0);
    expect((await act(async () => 5)).code).toBe(5);
  });

  test('a failure is a code, a sentence and a hint on stderr', async () => {
    expect(await act(fail)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Error COAIA-0003: Trace t1 not found within authorized project\nFix: coaia traces list\n',
    });
  });

  test('with --json one JSON object', async () => {
    const { stdout, stderr } = await act(fail, '--json');
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: 'Trace t1 not found within authorized project',
      code: 'COAIA-0003',
      hint: 'coaia traces list',
    });
  });

  test('a usage error shows the usage line above', async () => {
    expect(await act(fail, '--nme x')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'Usage: coaia act [WORD] [options]\nError COAIA-0501: There is no option --nme. Did you mean --name?\nFix: coaia act --help\n',
    });
    expect(JSON.parse((await act(fail, '--json --nme x')).stderr)).toMatchObject({
      code: 'COAIA-0501',
      hint: 'coaia act --help',
    });
  });

  test('what nobody foresaw is one line, its stack only with --debug', async () => {
    const broken: Handler = async () => {
      throw new TypeError('x is not a function\n    at nowhere');
    };
    const plain = await act(broken);
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toMatch(
      /^Error COAIA-0001: Unexpected error: x is not a function\.\nFix: [^\n]+\n$/,
    );
    expect((await act(broken, '--debug')).stderr).toMatch(/TypeError: x is not a function[^]+ at /);
  });

  test('a place where nothing can be written is no defect: COAIA-0008', async () => {
    const { stderr } = await act(async () => {
      mkdirSync('/dev/null/logs', { recursive: true });
    });
    expect(stderr).toBe(
      'Error COAIA-0008: /dev/null/logs cannot be opened or written: not a directory.\nFix: ls -ld /dev/null\n',
    );
    const below = { code: 'ENOENT', syscall: 'mkdir', path: '/ro/logs' };
    const other = await act(async () => {
      throw Object.assign(new Error("ENOENT: no such file or directory, mkdir '/ro/logs'"), below);
    });
    expect(other.stderr).toContain('COAIA-0008: /ro/logs cannot be opened or written: no folder');
  });

  test('a full disk is no defect: COAIA-0009', async () => {
    const full = await act(async () => writeFileSync('/dev/full', 'x'));
    expect(full).toMatchObject({ code: 1, stdout: '' });
    expect(full.stderr).toBe(
      'Error COAIA-0009: The disk is full, so nothing more can be written.\nFix: df -h\n',
    );
    const more = await act(async () => {
      const system = { code: 'ENOSPC', path: '/a', dest: '/b' };
      throw Object.assign(new Error('ENOSPC: no space left on device'), system);
    });
    expect(more.stderr).toContain('so /b cannot be written');
  });

  test('COAIA_COMPAT=coaiapy: failures exit 0 on stdout, usage and crashes keep their codes', async () => {
    const env = { COAIA_COMPAT: 'coaiapy' };
    expect(await act(fail, '', { env })).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('not found'),
    });
    expect(await act(fail, '--nme', { env })).toMatchObject({ code: 2, stdout: '' });
    const away: Handler = async () => {
      throw commonErrors.create('COAIA-0006', 'away');
    };
    expect(await act(away, '', { env })).toMatchObject({ code: 1, stdout: '' });
  });
});

test('any line at all ends with a code and, when it fails, a sentence', async () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'act',
      'help',
      '--',
      '--json',
      '--env',
      '--help',
      '-V',
      '--timeout',
      '-qx',
      '--name',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
      const { code, stderr } = await runCoaia(['act', ...words], { home, entries: quiet });
      expect([0, 1, 2, 3]).toContain(code);
      expect(stderr).not.toMatch(/COAIA-0001|\n\s+at /);
      if (code !== 0) expect(stderr).toMatch(/COAIA-\d{4}/);
    }),
    { numRuns: 300 },
  );
});

describe('stopping', () => {
  const forever: Handler = async ({ signal }) => {
    await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };

  function pressed() {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return controller.signal;
  }

  test('Ctrl-C aborts the signal and ends with 130, without an error', async () => {
    expect(await act(forever, '', { interrupt: pressed() })).toEqual({
      code: 130,
      stdout: '',
      stderr: '',
    });
  });

  test('a handler that ignores the signal cannot hold the process', async () => {
    const deaf: Handler = () => new Promise(() => {});
    expect((await act(deaf, '', { interrupt: pressed() })).code).toBe(130);
  });

  test('a command that runs another decides its own code', async () => {
    const passing: Handler = async ({ signal }) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      return 42;
    };
    const options = { interrupt: pressed(), takesRest: true };
    expect((await act(passing, '-- x', options)).code).toBe(42);
  });

  test('--timeout is exit 4', async () => {
    const { code, stderr } = await act(forever, '--timeout 0.02');
    expect(code).toBe(4);
    expect(stderr).toMatch(/^Error COAIA-0503: .*0\.02 s/);
  });
});

describe('output', () => {
  const speak: Handler = async ({ out }) => {
    out.line('result');
    out.notice('notice');
    out.confirm('confirmed');
  };

  test.each<[string, string, string]>([
    ['', 'result\nconfirmed\n', 'notice\n'],
    ['--json', 'result\n', 'notice\nconfirmed\n'],
    ['--export-env', 'result\n', 'notice\nconfirmed\n'],
    ['--quiet', 'result\n', ''],
    ['--json -q', 'result\n', ''],
  ])('with %j', async (line, stdout, stderr) => {
    expect(await act(speak, line)).toEqual({ code: 0, stdout, stderr });
  });

  const color: Handler = async ({ out }) => out.raw(out.style('ok', 'x'));

  test.each<[RunOptions, string, boolean]>([
    [{ isTTY: true }, '', true],
    [{}, '', false],
    [{ isTTY: true }, '--no-color', false],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, '', false],
    [{ isTTY: true, env: { NO_COLOR: '' } }, '', true],
    [{ isTTY: true, env: { TERM: 'dumb' } }, '', false],
    [{ env: { FORCE_COLOR: '1' } }, '', true],
    [{ env: { FORCE_COLOR: '1' } }, '--no-color', false],
  ])('colours with %j %s: %s', async (options, line, expected) => {
    expect((await act(color, line, options)).stdout.includes('\u001B')).toBe(expected);
  });
});

describe('--env', () => {
  const show: Handler = async ({ env, out }) => out.line(`${env['A'] ?? ''} ${env['B'] ?? ''}`);
  const write = (name: string, text: string) => writeFileSync(join(home, name), text);
  write('a.env', 'export A="from a" # comment\nB=a\n');
  write('b.json', '{"B": "from b", "N": 1}');

  test('overlays the environment, later files win, before or after the words', async () => {
    const env = { A: 'process', B: 'process' };
    expect((await act(show, '--env a.env', { env })).stdout).toBe('from a a\n');
    expect((await act(show, '--env a.env --env b.json', { env })).stdout).toBe('from a from b\n');
    expect((await act(show, '--env ~/b.json', { env })).stdout).toBe('process from b\n');
    expect(env).toEqual({ A: 'process', B: 'process' });
  });

  test('a missing file is exit 1, a folder exit 3', async () => {
    expect(await act(show, '--env nope')).toMatchObject({ code: 1, stdout: '' });
    const folder = await act(show, `--env ${home}`);
    expect(folder.code).toBe(3);
    expect(folder.stderr).toContain(`${home}: is a folder, not a file`);
  });
});

describe('confirmation', () => {
  const ask: Handler = async ({ confirm, out }) => out.line(String(await confirm('Delete it?')));

  test('is given by --yes, or typed on a terminal', async () => {
    expect((await act(ask, '-y')).stdout).toBe('true\n');
    const typed = await act(ask, '', { isTTY: true, answers: ['Yes'] });
    expect(typed).toMatchObject({ stdout: 'true\n', stderr: 'Delete it? [y/N] ' });
    expect((await act(ask, '', { isTTY: true, answers: [''] })).stdout).toBe('false\n');
    expect((await act(ask, '', { isTTY: true })).stdout).toBe('false\n');
  });

  test.each(['', '--no-input'])('without a terminal (%j) it is an error', async (line) => {
    const isTTY = line === '--no-input';
    expect(await act(ask, line, { isTTY })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/COAIA-0504:.* Delete it\?.*\nFix: add --yes/),
    });
  });
});
