import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildModel } from '../completion/model.ts';
import { allCommands } from '../tables.ts';
import { runCoaia } from '../testing.ts';
import type { RunOptions } from '../testing.ts';
import { findObstacle, runInTerminal } from '../testing-terminal.ts';
import { findCompletions } from './complete.ts';
import { addToHistory, isPrivate, readHistory } from './history.ts';
import { isUnfinished, readStatements } from './statement.ts';
import { RUN_ENV } from '../../base/testing.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-shell-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (text: string, more: readonly string[] = [], options: RunOptions = {}) =>
  runCoaia(['shell', '-c', text, ...more], { home, ...options });

describe('words of a line', () => {
  const names = {
    variable: (name: string) => ({ A: 'x y', COAIA_TRACE_ID: 't1' })[name],
    last: ([first]: readonly string[]) => (first === 'get' ? 'o1' : undefined),
  };
  const read = (text: string) => [...readStatements(text, names)].map(({ words }) => words);

  test.each([
    [`a 'b c' "d \\"e\\"" f\\ g`, [['a', 'b c', 'd "e"', 'f g']]],
    ['a; b\nc', [['a'], ['b'], ['c']]],
    [`a 'x;y' # c; d\nb#c`, [['a', 'x;y'], ['b#c']]],
    [`$A "$A" '$A' \${A}z \\$A`, [['x y', 'x y', '$A', 'x yz', '$A']]],
    ['get @last a@last', [['get', 'o1', 'a@last']]],
    ['traces show @last', [['traces', 'show', '@last']]],
    [`-n '' ""`, [['-n', '', '']]],
    ['a \\\n b', [['a', 'b']]],
    ['', []],
  ])('%j', (text, expected) => expect(read(text)).toEqual(expected));

  test('an open quote waits for more; a variable without a value is an error', () => {
    expect(['a "b', "a 'b", 'a \\'].map(isUnfinished)).toEqual([true, true, true]);
    expect(['a "b"', `it\\'s`, "a # it's"].map(isUnfinished)).toEqual([false, false, false]);
    expect(() => read('a $NONE')).toThrow(/\$NONE is not set/);
  });
});

describe('context', () => {
  test('what is created is the context of the next command', async () => {
    const { code, stdout } = await run(
      'fuse traces create t1 -n demo -s s1 -q; fuse traces add-observation -n step; fuse traces get-observation @last --json; ctx',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('"traceId": "t1"');
    expect(stdout).toMatch(
      /COAIA_TRACE_ID=t1\nCOAIA_SESSION_ID=s1\nCOAIA_LAST_OBSERVATION_ID=\w+\n$/,
    );
  });

  test('@last is the trace for commands about traces', async () => {
    const { code, stdout } = await run(
      'fuse traces create t1 -n demo -q; fuse traces add-observation -n step -q; traces show @last --json',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('"id": "t1"');
  });

  test('set, unset, use; another trace forgets the observation', async () => {
    const { stdout } = await run(
      'set COAIA_USER_ID john; set API_TOKEN=abc; use trace t9; use profile travel; ctx; unset COAIA_USER_ID; use trace; ctx',
      [],
      { env: { COAIA_LAST_OBSERVATION_ID: 'o1' } },
    );
    expect(stdout).toBe(
      'COAIA_PROFILE=travel\nCOAIA_TRACE_ID=t9\nCOAIA_USER_ID=john\nAPI_TOKEN=****\nCOAIA_PROFILE=travel\nAPI_TOKEN=****\n',
    );
    expect((await run('use cheese')).code).toBe(2);
    expect((await run('set 1x y')).stderr).toContain('cannot be the name');
  });
});

describe('scripts', () => {
  test('stop at the first failure with its code, or go on', async () => {
    const script = 'prompts get nothing; version';
    const stopped = await run(script);
    expect(stopped).toMatchObject({ code: 1, stdout: '' });
    const kept = await run(script, ['--keep-going']);
    expect(kept.code).toBe(1);
    expect(kept.stdout).toContain('coaia');
  });

  test('are read from a pipe', async () => {
    const { code, stdout } = await runCoaia('shell', {
      home,
      stdin: '# a comment\nset X 1\n\nctx\nexit\nnosuch\n',
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'X=1\n' });
  });

  test('run nothing of the system unless that is allowed', async () => {
    const path = join(home, 'made');
    const refused = await run(`!touch ${path}`);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('COAIA-0509');
    expect(existsSync(path)).toBe(false);
    expect((await run(`!touch ${path}`, ['--allow-shell'])).code).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  test('a command of the line is the same in the shell, coaia or not', async () => {
    expect((await run('coaia version')).stdout).toBe((await run('version')).stdout);
    expect((await run('nosuch')).stderr).toContain('COAIA-0500');
  });
});

describe('history', () => {
  test('keeps lines but none with a secret', () => {
    const path = join(home, 'h', 'history');
    for (const line of [
      'fuse traces list',
      'config set langfuse_secret_key abc',
      'set X sk-lf-123',
      ' hidden',
      'models connections set x --base-url http://a:b@c',
    ])
      addToHistory(path, line);
    expect(readHistory(path)).toEqual(['fuse traces list']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(isPrivate('curl -H "Authorization: Bearer x"')).toBe(true);
    expect(isPrivate('fuse prompts get summary')).toBe(false);
  });
});

test('completion knows commands, options, values, names and its own words', async () => {
  const model = await buildModel(allCommands);
  const names = () => ['greet', 'two words'];
  const complete = (words: string, cur: string) =>
    findCompletions(model, words.split(' ').filter(Boolean), cur, names);
  expect(complete('', 'ct')).toEqual(['ctx']);
  expect(complete('fuse traces', 'add-obs')).toContain('add-observation');
  expect(complete('fuse traces add-observation t', '--type=GEN')).toEqual(['--type=GENERATION']);
  expect(complete('fuse traces add-observation t -t', 'GEN')).toEqual(['GENERATION']);
  expect(complete('prompts get', 'g')).toEqual(['greet']);
  expect(complete('use', 'tr')).toEqual(['trace']);
  expect(complete('--json config get', 'durab')).toEqual(['durability']);
});

const obstacle = findObstacle('python3');
test.skipIf(obstacle !== undefined)(`in a terminal ${obstacle ?? ''}`, async () => {
  writeFileSync(join(home, 'x'), '');
  const program = fileURLToPath(new URL('../../../bin/coaia.ts', import.meta.url));
  const outputs = await runInTerminal({
    argv: [process.execPath, program, 'shell'],
    cwd: home,
    env: { ...RUN_ENV, HOME: home, PATH: '/usr/bin:/bin', TERM: 'xterm', CI: '1' },
    steps: [
      { send: '', until: 'coaia> ' },
      { send: 'fuse traces create t1 -q\n', until: 'coaia t1> ' },
      { send: 'config get dura\t', until: 'durability' },
      { send: '\n', until: 'full' },
      { send: 'fuse datasets create d1 -q\n', until: 'coaia t1> ' },
      { send: 'fuse datasets delete d1\n', until: '[y/N]' },
      { send: 'n\n', until: 'coaia t1> ' },
      { send: 'fuse traces tail\n', seconds: 1 },
      { send: '\u0003', until: 'coaia t1> ' },
      { send: 'set A "b', until: 'b' },
      { send: '\n', until: '... ' },
      { send: '\u0003', until: 'coaia t1> ' },
      { send: 'exit\n', seconds: 1 },
    ],
  });
  expect(outputs[3]).toContain('full');
  expect(outputs[5]).toContain('[y/N]');
  expect(outputs[8]).toContain('coaia t1> ');
  expect(outputs[11]).toContain('^C');
  expect(readFileSync(join(home, '.coaia', 'history'), 'utf8')).toBe(
    'fuse traces create t1 -q\nconfig get durability \nfuse datasets create d1 -q\nfuse datasets delete d1\nfuse traces tail\nexit\n',
  );
});
