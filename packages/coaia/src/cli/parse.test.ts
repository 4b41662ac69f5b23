import { describe, expect, test } from 'vitest';
import { isCoaiaError } from '#base';
import { parseLine } from './parse.ts';
import type { Grammar } from './parse.ts';

const grammar: Grammar = {
  positionals: [
    { name: 'trace', summary: 'trace', required: true },
    { name: 'observation', summary: 'observation' },
  ],
  options: {
    type: {
      type: 'string',
      short: 't',
      summary: 'type',
      choices: ['EVENT', 'SPAN', 'GENERATION'],
      shorthands: { te: 'EVENT', ts: 'SPAN', tg: 'GENERATION' },
      compat: true,
    },
    session: { type: 'string', short: 's', summary: 'session', compat: true },
    'session-name': { type: 'string', summary: 'newer than CoAiAPy' },
    user: { type: 'string', short: 'u', summary: 'user', aliases: ['user-id'], compat: true },
    value: { type: 'number', short: 'v', summary: 'value', compat: true },
    tags: { type: 'list', summary: 'tags' },
    label: { type: 'string', summary: 'label', repeatable: true },
    exportEnv: { type: 'boolean', summary: 'export', compat: true },
    openai: { type: 'boolean', summary: 'format', shorthands: { oft: 'true' } },
    output: { type: 'string', short: 'o', summary: 'output' },
    limit: { type: 'number', summary: 'limit', default: 50 },
  },
};

function parse(...words: readonly string[]) {
  const { options, args, rest, globals } = parseLine(grammar, words);
  const { limit, ...given } = options;
  return { options: given, args, rest, globals: Object.fromEntries(globals), limit };
}

/** The sentence of a usage error. */
function refuse(...words: readonly string[]): string {
  try {
    parse(...words);
  } catch (error) {
    if (isCoaiaError(error) && error.definition.exit === 2) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('forms of options', () => {
  test.each<[string, readonly string[], Readonly<Record<string, unknown>>]>([
    ['long with a space', ['--session', 'a'], { session: 'a' }],
    ['long with =', ['--session=a=b'], { session: 'a=b' }],
    ['long with = and nothing', ['--session='], { session: '' }],
    ['short with a space', ['-s', 'a'], { session: 'a' }],
    ['short, attached', ['-sabc'], { session: 'abc' }],
    ['short, attached with =', ['-s=abc'], { session: 'abc' }],
    ['another name', ['--user-id', 'u'], { user: 'u' }],
    ['the last one counts', ['-s', 'a', '-s', 'b'], { session: 'b' }],
    ['camelCase keys are kebab-case on the line', ['--export-env'], { exportEnv: true }],
    ['a switch with a value', ['--export-env=false'], { exportEnv: false }],
    ['a switch turned off', ['--no-export-env'], { exportEnv: false }],
    ['repeatable adds up', ['--label', 'a', '--label=b'], { label: ['a', 'b'] }],
    ['a single dash is a value', ['--output', '-'], { output: '-' }],
    ['an empty text is a value', ['--output', ''], { output: '' }],
    ['a value with spaces may begin with a dash', ['-o', '- [ ] todo'], { output: '- [ ] todo' }],
  ])('%s', (_, words, options) => expect(parse('t1', ...words).options).toEqual(options));

  test.each<[string, string]>([
    ['-te', 'EVENT'],
    ['-ts', 'SPAN'],
    ['-tg', 'GENERATION'],
    ['-tSPAN', 'SPAN'],
    ['-tspan', 'SPAN'],
    ['--type=generation', 'GENERATION'],
  ])('%s is the type %s', (word, type) => {
    expect(parse('t1', word).options).toEqual({ type });
  });

  test('a single-dash word can be a switch, and wins over a short option with a value', () => {
    expect(parse('t1', '-oft').options).toEqual({ openai: true });
    expect(parse('t1', '-ofx').options).toEqual({ output: 'fx' });
  });

  test('short switches cluster', () => {
    expect(parse('t1', '-qy').globals).toEqual({ quiet: true, yes: true });
    expect(refuse('t1', '-qz')).toMatch('no option -z');
  });
});

describe('abbreviations', () => {
  test('are resolved among the frozen options first', () => {
    expect(parse('t1', '--sess', 'a').options).toEqual({ session: 'a' });
    expect(parse('t1', '--us=u').options).toEqual({ user: 'u' });
    expect(parse('t1', '--session-n', 'x').options).toEqual({ 'session-name': 'x' });
  });

  test('an exact name is never an abbreviation', () => {
    expect(parse('t1', '--session', 'a').options).toEqual({ session: 'a' });
  });

  test('reach global options too', () => {
    expect(parse('t1', '--prof', 'p').globals).toEqual({ profile: 'p' });
  });

  test('must be unique', () => {
    expect(refuse('t1', '--no', 'x')).toMatch(/ambiguous.*--no-input.*--no-color/);
  });
});

describe('values', () => {
  test('negative numbers and times are values', () => {
    expect(parse('t1', '--value', '-1').options).toEqual({ value: -1 });
    expect(parse('t1', '-v', '-.5').options).toEqual({ value: -0.5 });
    expect(parse('t1', '-v-1e3').options).toEqual({ value: -1000 });
    expect(parse('t1', '-s', '-5m').options).toEqual({ session: '-5m' });
    expect(parse('t1', '-2').args).toEqual({ trace: 't1', observation: '-2' });
  });

  test('lists take everything up to the next option, also what could be an argument', () => {
    expect(parse('t1', '--tags', 'a', 'b', '-1', '-s', 'x').options).toEqual({
      tags: ['a', 'b', '-1'],
      session: 'x',
    });
    expect(parse('--tags', 'a', 'b', '--', 't1')).toMatchObject({
      options: { tags: ['a', 'b'] },
      args: { trace: 't1' },
    });
    expect(parse('t1', '--tags=a', '--tags', 'b').options).toEqual({ tags: ['a', 'b'] });
  });

  test('order does not matter', () => {
    expect(parse('-s', 'a', 't1', '--json', 'o1', '-u', 'b')).toMatchObject({
      options: { session: 'a', user: 'b' },
      args: { trace: 't1', observation: 'o1' },
      globals: { json: true },
    });
  });

  test('defaults apply, given values win', () => {
    expect(parse('t1').limit).toBe(50);
    expect(parse('t1', '--limit', '5').limit).toBe(5);
  });

  test('after -- everything is an argument', () => {
    expect(parse('--', '--session', '-x').args).toEqual({ trace: '--session', observation: '-x' });
  });
});

describe('refusals', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['unknown option with a near one', ['t1', '--sesion', 'a'], /no option --sesion.*--session/],
    ['unknown short option', ['t1', '-z'], /no option -z/],
    ['missing value', ['t1', '--session'], /--session needs a value/],
    ['an option is no value', ['t1', '--session', '-u', 'x'], /--session needs a value/],
    ['empty list', ['t1', '--tags'], /--tags needs a value/],
    ['no number', ['t1', '--value', 'abc'], /--value takes a number, not "abc"/],
    ['not finite', ['t1', '--value', '1e999'], /takes a number/],
    ['hexadecimal is no number', ['t1', '--value', '0x10'], /takes a number/],
    ['not among the choices', ['t1', '-t', 'SPAM'], /EVENT, SPAN, GENERATION.*SPAN\?/],
    ['a switch takes no value', ['t1', '--export-env=maybe'], /takes no value/],
    ['missing argument', [], /Missing: TRACE/],
    ['too many arguments', ['a', 'b', 'c'], /Unexpected argument "c"/],
  ])('%s', (_, words, sentence) => expect(refuse(...words)).toMatch(sentence));

  test('a secret after = is not repeated', () => {
    expect(refuse('t1', '--secret=sk-lf-123')).not.toContain('sk-lf');
  });
});

describe('commands that run commands', () => {
  const runner: Grammar = {
    positionals: [{ name: 'name', summary: 'name' }],
    options: { name: { type: 'string', summary: 'n' } },
    takesRest: true,
  };

  test('pass on everything after -- as it is', () => {
    const { args, rest, options } = parseLine(runner, [
      'load',
      '--name',
      'x',
      '--',
      'sh',
      '-c',
      '--json',
      '--',
    ]);
    expect(args).toEqual({ name: 'load' });
    expect(options).toEqual({ name: 'x' });
    expect(rest).toEqual(['sh', '-c', '--json', '--']);
  });
});

test("a command's own option wins over a global one of the same name, and still counts for JSON", () => {
  const own: Grammar = {
    positionals: [],
    options: {
      json: { type: 'boolean', summary: 'own' },
      version: { type: 'string', short: 'V', summary: 'own' },
    },
  };
  const { options, globals } = parseLine(own, ['--json', '--version', '3', '-V4']);
  expect(options).toEqual({ json: true, version: '4' });
  expect(Object.fromEntries(globals)).toEqual({ json: true });
});

test('a command may take options that nobody declared, with their values and never by abbreviation', () => {
  const open: Grammar = {
    positionals: [],
    takesRest: true,
    takesUnknown: true,
    options: { model: { type: 'string', summary: 'm' } },
  };
  const words = ['--wt', '-2.5', '--mod=x', '--model', 'm', '--am', '--json', '--', '--y'];
  const { options, rest, globals } = parseLine(open, words);
  expect(rest).toEqual(['--wt', '-2.5', '--mod=x', '--am', '--y']);
  expect(options).toEqual({ model: 'm' });
  expect(globals.get('json')).toBe(true);
});
