import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLine } from '../../cli/parse.ts';
import { variableOptions } from './read-variables.ts';
import { parseVariableWords } from './variable-words.ts';

const grammar = {
  positionals: [{ name: 'name', summary: 'n' }],
  options: { ...variableOptions, 'dry-run': { type: 'boolean', summary: 'd' } },
} as const;
const parse = (words: readonly string[]) =>
  parseVariableWords((parseLine(grammar, words).options['var'] ?? []) as readonly string[]);

test('one word and two words mean the same', () => {
  const given = [{ kind: 'text', name: 'a', text: 'x y' }];
  for (const words of [
    ['--var', 'a=x y'],
    ['--var', 'a', 'x y'],
    ['--var=a=x y'],
    ['--var=a', 'x y'],
    ['--va', 'a=x y'],
  ])
    expect(parse(words), words.join(' ')).toEqual(given);
});

test('files, JSON and the sign itself', () => {
  expect(
    parse([
      '--var',
      'a=@f.txt',
      '--var',
      'b:={"x":1}',
      '--var',
      'c=@@x',
      '--var',
      'd',
      '@x',
      '--var',
      'e=@',
    ]),
  ).toEqual([
    { kind: 'file', name: 'a', path: 'f.txt' },
    { kind: 'json', name: 'b', text: '{"x":1}' },
    { kind: 'text', name: 'c', text: '@x' },
    { kind: 'text', name: 'd', text: '@x' },
    { kind: 'text', name: 'e', text: '@' },
  ]);
});

test('neither form swallows the name of the template or an option', () => {
  const line = parseLine(grammar, [
    '--var',
    'a=1',
    'simple-trace',
    '--var',
    'b',
    '-2',
    '--dry-run',
  ]);
  expect(line.args['name']).toBe('simple-trace');
  expect(line.options).toMatchObject({ var: ['a=1', 'b', '-2'], 'dry-run': true });
  expect(() => parseLine(grammar, ['x', '--var', 'b', '--dry-run'])).toThrow(
    '--var "b" has no value',
  );
  expect(() => parseLine(grammar, ['x', '--var'])).toThrow('--var needs a value');
});

test('whatever the value is, both forms give it unchanged', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,10}$/);
  const value = fc.string().filter((text) => !text.startsWith('@'));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (pairs) => {
      const expected = pairs.map(([key, text]) => ({ kind: 'text', name: key, text }));
      expect(parse(pairs.flatMap(([key, text]) => ['--var', `${key}=${text}`]))).toEqual(expected);
      const plain = pairs.filter(([, text]) => !text.startsWith('-'));
      expect(parse(plain.flatMap(([key, text]) => ['--var', key, text]))).toEqual(
        plain.map(([key, text]) => ({ kind: 'text', name: key, text })),
      );
    }),
  );
});
