/** The program as a process: pipes, signals, and many at once. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { RUN_ENV } from '../base/testing.ts';

const program = join(import.meta.dirname, '../../bin/coaia.ts');
const home = mkdtempSync(join(tmpdir(), 'coaia-process-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const env = { ...RUN_ENV, HOME: home, PATH: process.env['PATH'], COAIA_HOME: join(home, '.coaia') };

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function coaia(...words: readonly string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...words], {
      env,
      cwd: home,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

test('streams and exit codes of the real program', async () => {
  expect(await coaia('explain', '501')).toMatchObject({ code: 0, stderr: '' });
  expect(await coaia('explain', '599')).toMatchObject({ code: 1, stdout: '' });
  expect(await coaia('nonsense')).toMatchObject({ code: 2, stdout: '' });
  expect((await coaia()).stdout).toMatch(/^Coaia: observe/);
});

test('a reader that goes away ends the program quietly', async () => {
  const line = `${JSON.stringify(process.execPath)} ${JSON.stringify(program)} help --json; echo "exit $?" >&2`;
  const child = spawn('/bin/sh', ['-c', `{ ${line}; } | head -c 10`], { env, cwd: home });
  child.stdout.resume();
  expect(await text(child.stderr)).toBe('exit 0\n');
});

/** A program with one command that says it is ready and then waits for stdin, whatever the signal says. */
const waiting = `
  const { runCli } = await import(${JSON.stringify(join(import.meta.dirname, 'run.ts'))});
  const { createProcessIo } = await import(${JSON.stringify(join(import.meta.dirname, 'io.ts'))});
  const run = async ({ out, stdin }) => { out.line('ready'); await stdin(); };
  const command = { words: 'wait', summary: 's', positionals: [], options: {}, examples: [], run };
  const entries = [{ words: 'wait', summary: 's', load: async () => ({ command }) }];
  process.exitCode = await runCli(process.argv.slice(1), createProcessIo(), entries);
`;

describe('a command that waits', () => {
  const start = (...words: readonly string[]) =>
    spawn(process.execPath, ['--input-type=module', '-e', waiting, 'wait', ...words], { env });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 on %s and prints no error',
    async (signal) => {
      const child = start();
      const closed = once(child, 'close') as Promise<[number | null]>;
      const errors = text(child.stderr);
      await once(child.stdout, 'data');
      child.kill(signal);
      expect({ code: (await closed)[0], errors: await errors }).toEqual({ code: 130, errors: '' });
    },
  );

  test('ends with 4 after --timeout although stdin stays open', async () => {
    const child = start('--timeout', '0.05');
    const errors = text(child.stderr);
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(4);
    expect(await errors).toContain('COAIA-0503');
  });
});

describe('many at once', () => {
  test('50 processes that set 50 settings of profiles lose nothing', async () => {
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        coaia('config', 'set', 'port', String(1000 + index), '--profile', `p${index}`),
      ),
    );
    expect(results.filter(({ code }) => code !== 0)).toEqual([]);
    const { profiles } = JSON.parse(readFileSync(join(home, '.coaia/config.json'), 'utf8')) as {
      readonly profiles: Readonly<Record<string, unknown>>;
    };
    const expected = Array.from({ length: 50 }, (_, index) => [
      `p${index}`,
      { port: 1000 + index },
    ]);
    expect(profiles).toEqual(Object.fromEntries(expected));
    expect(readdirSync(join(home, '.coaia'))).toEqual(['config.json']);
  }, 120_000);
});
