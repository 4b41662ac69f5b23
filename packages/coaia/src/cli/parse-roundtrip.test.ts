/** Whatever a program writes in a well-formed line arrives unchanged. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCoaiaError } from '#base';
import { toWords } from './line-words.ts';
import { parseLine } from './parse.ts';
import type { Grammar } from './parse.ts';

const grammar: Grammar = {
  positionals: [{ name: 'words', summary: 'w', variadic: true }],
  options: {
    text: { type: 'string', short: 't', summary: 't' },
    many: { type: 'string', summary: 'm', repeatable: true },
    list: { type: 'list', summary: 'l' },
    number: { type: 'number', short: 'n', summary: 'n' },
    flag: { type: 'boolean', short: 'f', summary: 'f' },
  },
};

const plain = fc.string().filter((text) => !text.startsWith('-'));
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  // JavaScript writes -0 as 0.
  .filter((value) => !Object.is(value, -0));

test('options, lists and arguments survive', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.string(), { maxLength: 4 }),
      fc.array(plain, { minLength: 1, maxLength: 4 }),
      number,
      fc.array(fc.string(), { maxLength: 4 }),
      (text, many, list, value, words) => {
        const line = parseLine(grammar, [
          `--text=${text}`,
          ...many.map((one) => `--many=${one}`),
          '--list',
          ...list,
          '-n',
          String(value),
          '-f',
          '--',
          ...words,
        ]);
        expect(line.options).toEqual({
          text,
          ...(many.length > 0 ? { many } : {}),
          list,
          number: value,
          flag: true,
        });
        expect(line.args).toEqual({ words });
      },
    ),
  );
});

test('any words at all are parsed or refused with a usage error', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '--',
      '-',
      '--text',
      '-t',
      '-nf',
      '--list',
      '--many=',
      '-n1',
      '--f',
      '--n',
      '-ft',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      try {
        parseLine(grammar, words);
      } catch (error) {
        expect(isCoaiaError(error) && error.definition.exit).toBe(2);
      }
    }),
    { numRuns: 500 },
  );
});

test('a line of quoted words splits into those words', () => {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 6 }), (words) => {
      expect(toWords(words.map(quoted).join(' '))).toEqual(words);
    }),
  );
});
