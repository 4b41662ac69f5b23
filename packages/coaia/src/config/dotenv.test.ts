import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEnvName, parseDotenv, renderDotenvLine } from './dotenv.ts';

function read(text: string) {
  const { entries, problems } = parseDotenv(text);
  return {
    values: Object.fromEntries(entries.map(({ name, value }) => [name, value])),
    problems: problems.map(({ line }) => line),
  };
}

test.each<[string, string, string]>([
  ['plain', 'A=b', 'b'],
  ['spaces around', '  A =  b c  ', 'b c'],
  ['export in front', 'export A=b', 'b'],
  ['comment after a value', 'A=b # note', 'b'],
  ['# inside a value', 'A=b#c', 'b#c'],
  ['only a comment', 'A= # note', ''],
  ['nothing', 'A=', ''],
  ['= in the value', 'A=b=c==', 'b=c=='],
  ['double quotes', 'A="b # c"', 'b # c'],
  ['comment after quotes', 'A="b" # note', 'b'],
  ['escapes', String.raw`A="a\nb\t\"\\\$x"`, 'a\nb\t"\\$x'],
  ['an unknown escape stays', String.raw`A="\d+"`, String.raw`\d+`],
  ['single quotes are literal', String.raw`A='a\n"$b'`, String.raw`a\n"$b`],
  ['no interpolation', 'A=$HOME$(id)`id`', '$HOME$(id)`id`'],
  ['a quote inside', `A=it's`, "it's"],
  ['several lines', 'A="a\nb\n\nc"\nB=x', 'a\nb\n\nc'],
  ['several lines in single quotes', "A='a\n# no comment\n'", 'a\n# no comment\n'],
  ['CRLF', 'A=b\r\nB=c\r\n', 'b'],
  ['CRLF inside quotes', 'A="a\r\nb"', 'a\nb'],
  ['byte order mark', '\uFEFFA=b', 'b'],
  ['the last one counts', 'A=a\nA=b', 'b'],
  ['empty quotes', 'A=""', ''],
  ['hash in quotes, more after', 'A="x"garbage', 'x'],
])('%s', (_, text, value) => {
  const { values, problems } = read(text);
  expect(values['A']).toBe(value);
  expect(problems).toEqual([]);
});

test('what it cannot read is named by line and skipped, the rest counts', () => {
  const text = 'A=1\nno assignment\n\n# fine\n2B=x\nexport C\nD="never closed\nE=5';
  expect(read(text)).toEqual({ values: { A: '1', E: '5' }, problems: [2, 5, 7] });
});

test('lines after a value of several lines keep their numbers', () => {
  const { entries, problems } = parseDotenv('A="1\n2\n3"\nB=x\nbroken\n');
  expect(entries.map(({ name, line }) => [name, line])).toEqual([
    ['A', 1],
    ['B', 4],
  ]);
  expect(problems.map(({ line }) => line)).toEqual([5]);
});

describe('what is written', () => {
  const text = fc
    .string({ unit: 'binary' })
    .filter((value) => !value.includes('\0') && !value.includes('\uFEFF'));

  test('is read back unchanged, on its own and between others', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (values) => {
        const lines = values.map((value, index) => renderDotenvLine(`V${index}`, value));
        const { entries, problems } = parseDotenv(`${lines.join('\n')}\n`);
        expect(entries.map(({ value }) => value)).toEqual(values);
        expect(problems).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['a b', `it's "x" $HOME \`id\``, String.raw`back\slash`, '$(id)', 'a#b', 'ü', ''])(
    'means the same to a shell: %j',
    (value) => {
      const line = renderDotenvLine('V', value);
      const out = execFileSync('/bin/sh', ['-c', `${line}\nprintf %s "$V"`], { encoding: 'utf8' });
      expect(out).toBe(value);
    },
  );
});

test.each([
  ['A', true],
  ['_a1', true],
  ['1A', false],
  ['A-B', false],
  ['A;id', false],
  ['', false],
])('%j is a name: %s', (name, expected) => expect(isEnvName(name)).toBe(expected));
