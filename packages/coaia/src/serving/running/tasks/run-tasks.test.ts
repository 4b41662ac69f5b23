import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { splitCommand } from './split-command.ts';

let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ao-tasks-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Writes what it was given into a file: `note 0 words`, the exit code first. */
const NOTE = `require('fs').appendFileSync(process.env.NOTES, [process.env.MARK, require('path').basename(process.cwd()), ...process.argv.slice(2)].join('|') + '\\n'); process.exit(Number(process.argv[1]))`;

async function run(tasks: string, line: string) {
  writeFileSync(
    join(cwd, 'note.cjs'),
    NOTE.replaceAll('argv[1]', 'argv[2]').replaceAll('slice(2)', 'slice(3)'),
  );
  const note = `'${process.execPath}' '${join(cwd, 'note.cjs')}'`;
  writeFileSync(
    join(cwd, 'ao.toml'),
    `[project]\nname = "x"\n[tasks]\n${tasks.replaceAll('NOTE', note)}\n`,
  );
  const notes = join(cwd, 'notes.txt');
  const result = await runCoaia(`ops ${line}`, {
    cwd,
    env: { PATH: process.env['PATH'], NOTES: notes },
  });
  let ran: readonly string[] = [];
  try {
    ran = readFileSync(notes, 'utf8').trim().split('\n');
  } catch {
    // Nothing ran.
  }
  return { ...result, ran };
}

test('stops at the first failure, which runs once, and passes its exit code through', async () => {
  const { code, ran } = await run('all = ["NOTE 0 one", "NOTE 7 two", "NOTE 0 three"]', 'run all');
  expect(code).toBe(7);
  expect(ran.map((line) => line.split('|').at(-1))).toEqual(['one', 'two']);
});

test('needs run first and once; words behind -- go to the last command; env, cwd', async () => {
  mkdirSync(join(cwd, 'sub'));
  const { code, ran } = await run(
    'c = { run = ["NOTE 0 c1", "NOTE 0 c2"], needs = ["a", "b"], cwd = "sub", env = { MARK = "m" } }\nb = { run = "NOTE 0 b", needs = ["a"] }\na = "NOTE 0 a"',
    "run c -- --fast 'x y'",
  );
  expect(code).toBe(0);
  expect(ran.map((line) => line.split('|').slice(2).join('|'))).toEqual([
    'a',
    'b',
    'c1',
    'c2|--fast|x y',
  ]);
  expect(ran.at(-1)).toBe('m|sub|c2|--fast|x y');
});

test('circles and unknown names end before anything ran', async () => {
  const circle = await run(
    'a = { run = "NOTE 0 a", needs = ["b"] }\nb = { needs = ["a"] }',
    'run a',
  );
  expect([circle.code, circle.ran]).toEqual([2, []]);
  expect(circle.stderr).toContain('AO109: The tasks need each other: a -> b -> a.');
  expect((await run('a = { needs = ["traain"] }\ntrain = "NOTE 0"', 'run a')).stderr).toContain(
    'Did you mean `train`?',
  );
  const unknown = await run('train = "NOTE 0"', 'run trian');
  expect(unknown.stderr).toContain('AO111: There is no task `trian`. Did you mean `train`?');
  expect(unknown.code).toBe(2);
});

test('a command that is not there, and one that takes too long', async () => {
  const gone = await run('a = "no-such-program-here"', 'run a');
  expect([gone.code, gone.stderr.includes('AO112')]).toEqual([1, true]);
  const slow = await run(
    `a = { run = "'${process.execPath}' -e 'setInterval(() => 0, 1000)'", timeout = 0.3 }`,
    'run a',
  );
  expect([slow.code, slow.stderr.includes('did not end within 0.3 s')]).toEqual([1, true]);
});

test("a task of the project takes a built-in's place, also without `run`", async () => {
  for (const line of ['run test -- more', 'test -- more']) {
    const { code, ran } = await run('test = "NOTE 3 own"', line);
    expect([code, ran.at(-1)?.endsWith('own|more')]).toEqual([3, true]);
  }
  expect((await run('tests = "NOTE 0 mine"', 'run tests')).ran.at(-1)).toContain('mine');
});

test('without a name all tasks are listed', async () => {
  const { stdout } = await run('train = ["NOTE 0"]', 'run --json');
  const { tasks } = JSON.parse(stdout);
  expect(tasks.map(({ name }: { name: string }) => name)).toEqual([
    'train',
    'up',
    'down',
    'ps',
    'logs',
    'test',
    'call',
    'bench',
    'smoke',
  ]);
});

test('commands are split like a shell does, without one', () => {
  expect(splitCommand(`a 'b c' "d \\"e\\" $x" f\\ g ''  "'"`)).toEqual([
    'a',
    'b c',
    'd "e" $x',
    'f g',
    '',
    "'",
  ]);
  expect(splitCommand("echo 'a && b' '>'")).toEqual(['echo', 'a && b', '>']);
  for (const wrong of ['', "a 'b", 'a && b', 'a > b', 'a | b'])
    expect(() => splitCommand(wrong)).toThrow(expect.objectContaining({ code: 'AO112' }));
});
