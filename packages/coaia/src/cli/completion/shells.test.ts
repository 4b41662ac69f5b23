import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '../testing.ts';
import { findObstacle, runInTerminal } from '../testing-terminal.ts';
import { RUN_ENV } from '../../base/testing.ts';

const program = fileURLToPath(new URL('../../../bin/coaia.ts', import.meta.url));

let home: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-shells-'));
  mkdirSync(join(home, 'bin'));
  // Completes like the program; anything else is written down as the words the shell made of the line.
  const fake = [
    '#!/bin/sh',
    `if [ "$1" = __complete ]; then exec '${process.execPath}' '${program}' "$@"; fi`,
    `printf '%s|' "$@" >> '${join(home, 'typed')}'; echo >> '${join(home, 'typed')}'`,
    'echo ran:$#',
  ];
  writeFileSync(join(home, 'bin', 'coaia'), `${fake.join('\n')}\n`);
  chmodSync(join(home, 'bin', 'coaia'), 0o755);
  env = {
    ...RUN_ENV,
    HOME: home,
    PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
    TERM: 'xterm',
    LANG: 'C.UTF-8',
  };
  for (const shell of ['bash', 'zsh', 'fish'])
    expect((await runCoaia(`completion ${shell} --install`, { home })).code).toBe(0);
  await runCoaia('fuse prompts create greet/hello Hi', { home });
  await runCoaia(['fuse', 'prompts', 'create', 'two words', 'Hi'], { home });
  await runCoaia('__complete --refresh', { home });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What is typed, and the words that the shell then runs. */
const cases: readonly (readonly [typed: string, words: string])[] = [
  ['compl\tbash', 'completion|bash|'],
  ['fuse traces patch-o\tt1', 'fuse|traces|patch-output|t1|'],
  ['fuse traces add-observation t1 --ty\tx', 'fuse|traces|add-observation|t1|--type|x|'],
  [
    'fuse traces add-observation t1 --type GENER\t',
    'fuse|traces|add-observation|t1|--type|GENERATION|',
  ],
  [
    'fuse traces add-observation t1 --type=GENER\t',
    'fuse|traces|add-observation|t1|--type=GENERATION|',
  ],
  [
    'fuse traces add-observation t1 -te -n x --ty\tx',
    'fuse|traces|add-observation|t1|-te|-n|x|--type|x|',
  ],
  ['prompts get gr\t', 'prompts|get|greet/hello|'],
  ['prompts get two\t', 'prompts|get|two words|'],
  ['config get langfuse_p\t', 'config|get|langfuse_public_key|'],
  ['--json db ret\t', '--json|db|retention|'],
  [
    'pipeline create simple-trace --var trace\tx',
    'pipeline|create|simple-trace|--var|trace_name=x|',
  ],
];

const start: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash', '--noprofile', '-i'],
  zsh: ['zsh', '-i'],
  fish: ['fish', '-i'],
};

describe.each(['bash', 'zsh', 'fish'])('%s', (shell) => {
  const obstacle = findObstacle(shell);

  test.skipIf(obstacle !== undefined)(
    `completes words, options, choices and names ${obstacle ?? ''}`,
    async () => {
      rmSync(join(home, 'typed'), { force: true });
      const lines = cases.map(([typed]) => ({ send: `coaia ${typed}\n`, until: 'ran:' }));
      const argv = start[shell] ?? [];
      await runInTerminal({ argv, cwd: home, env, steps: [{ send: '', seconds: 0.7 }, ...lines] });
      const typed = readFileSync(join(home, 'typed'), 'utf8').trimEnd().split('\n');
      expect(typed).toEqual(cases.map(([, words]) => words));
    },
    40_000,
  );
});

describe('the command', () => {
  test('installs the same twice, keeps the rest of the start-up file, and files are private', async () => {
    const rc = join(home, '.bashrc');
    writeFileSync(rc, `alias x=y\n${readFileSync(rc, 'utf8')}alias z=y\n`);
    const before = readFileSync(rc, 'utf8');
    expect((await runCoaia('completion bash --install', { home })).code).toBe(0);
    expect(readFileSync(rc, 'utf8')).toBe(before);
    expect(statSync(join(home, '.coaia', 'completion', 'coaia.bash')).mode & 0o077).toBe(0);
  });

  test('a shell without a fixed place says so', async () => {
    const { code, stderr } = await runCoaia('completion powershell --install', { home });
    expect(code).toBe(1);
    expect(stderr).toContain('COAIA-0508');
    expect((await runCoaia('completion tcsh', { home })).code).toBe(2);
  });

  test('names with spaces are one answer per line, and never a secret', async () => {
    const { stdout } = await runCoaia('__complete prompts -- prompts get', { home });
    expect(stdout.split('\n')).toContain('two words');
    const all = readFileSync(join(home, '.coaia', 'cache', 'completion.json'), 'utf8');
    expect(all).not.toMatch(/sk-lf|Hi/);
    expect((await runCoaia('__complete nonsense', { home })).stdout).toBe('');
  });
});
