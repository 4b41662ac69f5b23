import { describe, expect, test } from 'vitest';
import type { CommandEntry } from '#surface';
import { findRoute, getNextWords } from './route.ts';

const load = () => Promise.reject(new Error('routing loads nothing'));

const entries: readonly CommandEntry[] = [
  {
    words: 'fuse traces list',
    groupDefault: 'fuse traces',
    aliases: ['traces list', 'traces'],
    summary: 's',
    load,
    leadingOptions: ['include-observations'],
  },
  { words: 'fuse traces create', aliases: ['traces create', 'trace create'], summary: 's', load },
  { words: 'fuse traces trace-view', aliases: ['fuse traces tv'], summary: 's', load },
  { words: 'fuse score-configs list', aliases: ['fuse scc list'], summary: 's', load },
  { words: 'trace', summary: 's', onlyWithRest: true, load },
  { words: 'status', summary: 's', load },
  { words: 'p', summary: 's', load },
  { words: 'ops run', summary: 's', load, forwards: ['up'] },
  { words: 'ops up', summary: 's', load },
];

function route(...argv: readonly string[]) {
  const found = findRoute(entries, argv);
  return found.kind === 'command'
    ? { to: found.entry.words, globals: found.globals, line: found.line }
    : found;
}

describe('words', () => {
  test.each<[string, string, readonly string[]]>([
    ['fuse traces create t1', 'fuse traces create', ['t1']],
    ['fuse trace create t1', 'fuse traces create', ['t1']],
    ['trace create t1', 'fuse traces create', ['t1']],
    ['fuse traces', 'fuse traces list', []],
    ['fuse traces --limit 5', 'fuse traces list', ['--limit', '5']],
    ['traces level:ERROR', 'fuse traces list', ['level:ERROR']],
    ['fuse traces tv T', 'fuse traces trace-view', ['T']],
    ['fuse scc list', 'fuse score-configs list', []],
    ['fuse score-config list', 'fuse score-configs list', []],
    ['trace -- ls', 'trace', ['--', 'ls']],
    ['trace --name n -- ls', 'trace', ['--name', 'n', '--', 'ls']],
    ['p x', 'p', ['x']],
  ])('%s', (line, to, rest) => {
    expect(route(...line.split(' '))).toMatchObject({ to, line: rest });
  });

  test('what stands before a command runner decides, not its own arguments', () => {
    expect(route('status', '--', 'trace')).toMatchObject({ to: 'status' });
  });

  test('a command is no group because a plural of its word is one', () => {
    const both = ['run', 'runs list'].map((words) => ({ words, summary: 's', load }));
    expect(findRoute(both, ['run', '--help'])).toMatchObject({ kind: 'command', byDefault: false });
  });

  test('short words have no plural', () => expect(route('ps')).toMatchObject({ kind: 'group' }));
});

describe('global options', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['--json fuse traces create t1', ['--json'], ['t1']],
    ['fuse --json traces create t1', ['--json'], ['t1']],
    ['fuse traces --json create t1', ['--json'], ['t1']],
    [
      '--env a --profile=p fuse traces create t1 --env b',
      ['--env', 'a', '--profile=p'],
      ['t1', '--env', 'b'],
    ],
    ['-q fuse traces create -s create', ['-q'], ['-s', 'create']],
  ])('%s', (line, globals, rest) => {
    expect(route(...line.split(' '))).toEqual({ to: 'fuse traces create', globals, line: rest });
  });

  test('an option of the group stands before the action only when its table says so', () => {
    expect(route('fuse', 'traces', '--include-observations', 'trace-view', 'T')).toMatchObject({
      to: 'fuse traces trace-view',
      line: ['--include-observations', 'T'],
    });
    expect(route('fuse', 'traces', '--name', 'create')).toMatchObject({
      to: 'fuse traces list',
      line: ['--name', 'create'],
    });
  });
});

describe('no command', () => {
  test('a bare group', () => {
    expect(route('fuse')).toEqual({
      kind: 'group',
      words: ['fuse'],
      globals: [],
      unknown: undefined,
    });
    expect(route('fuse', 'score-config', '--help')).toEqual({
      kind: 'group',
      words: ['fuse', 'score-configs'],
      globals: ['--help'],
      unknown: undefined,
    });
  });

  test('an unknown word', () => {
    expect(route('fuse', 'trces', 'x')).toMatchObject({ words: ['fuse'], unknown: 'trces' });
    expect(route('fuze')).toMatchObject({ words: [], unknown: 'fuze' });
  });

  test('nothing but options', () => {
    expect(route('--json', '-q')).toEqual({ kind: 'none', globals: ['--json', '-q'] });
  });
});

test('the words that may follow a group', () => {
  expect(getNextWords(entries, ['fuse', 'trace'])).toEqual(['list', 'create', 'trace-view', 'tv']);
});

test('a word behind a command can mean another one; only exactly that word', () => {
  expect(route('ops', 'run', 'up', '--port', '1')).toMatchObject({
    to: 'ops up',
    line: ['--port', '1'],
  });
  expect(route('ops', '--json', 'run', 'up', 'x')).toMatchObject({
    to: 'ops up',
    line: ['--json', 'x'],
  });
  expect(route('ops', 'run', 'ups')).toMatchObject({ to: 'ops run', line: ['ups'] });
  expect(route('ops', 'run', 'train', 'up')).toMatchObject({
    to: 'ops run',
    line: ['train', 'up'],
  });
});
