import { execFileSync } from 'node:child_process';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { renderExports } from './export-lines.ts';

const NASTY = `a'b"c\\d$HOME \`x\` $(y)\n\tz  é`;

test('a POSIX shell restores any value exactly', () => {
  const value = string({ unit: 'binary', maxLength: 30 }).filter((text) => !text.includes('\0'));
  assert(
    property(value, (text) => {
      const restored = execFileSync('sh', [
        '-c',
        'eval "$1"; printf %s. "$X"',
        'sh',
        renderExports('sh', [['X', text]]),
      ]);
      expect(restored.toString()).toBe(`${text}.`);
    }),
    { numRuns: 25 },
  );
});

test('the other formats quote in their own way', () => {
  const render = (format: Parameters<typeof renderExports>[0], text: string) =>
    renderExports(format, [['X', text]]);
  expect(render('fish', String.raw`a'b\c`)).toBe(String.raw`set -gx X 'a\'b\\c'`);
  expect(render('powershell', `a'b\u2019`)).toBe(`$env:X = 'a''b\u2019\u2019'`);
  expect(render('dotenv', 'a"b$c\nd')).toBe(String.raw`X="a\"b\$c\nd"`);
  expect(JSON.parse(render('json', NASTY))).toEqual({ X: NASTY });
  expect(render('github', 'plain')).toBe('X=plain');
  expect(render('github', 'a\nCOAIA_END\nb')).toBe('X<<COAIA_END_\na\nCOAIA_END\nb\nCOAIA_END_');
});
