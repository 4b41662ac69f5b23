/** The example is a row that works, and stays the same when it is kept as examples.csv. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderCsvRow } from '#base';
import { findExample, makeExample } from './example-row.ts';
import { readExamples } from './examples.ts';
import { mergeClues } from './merge-clues.ts';
import { compileReader } from './reader.ts';

const RULES = { onNa: 'reject', outOfRange: 'reject' } as const;

const type = fc.constantFrom(
  'number',
  'integer',
  'boolean',
  'string',
  'date',
  'datetime',
  'category',
);
const clue = fc
  .record({
    type,
    shape: fc.constantFrom([], [2], [-1]),
    isOptional: fc.boolean(),
    low: fc.integer({ min: -9, max: 9 }),
  })
  .map(({ low, ...one }) => ({
    ...one,
    levels: one.type === 'category' ? ['a', 'b,c'] : undefined,
    nullable: one.isOptional,
    ...(one.type === 'number' ? { trained: { min: low, max: low + 0.12345 } } : {}),
    ...(one.type === 'integer' ? { min: low, max: low + 2 } : {}),
  }));

it('fits the reader, and comes back from CSV', () => {
  fc.assert(
    fc.property(fc.array(clue, { minLength: 1, maxLength: 5 }), (clues) => {
      const named = clues.map(({ levels, ...one }, index) => ({
        ...one,
        name: `f${index}`,
        ...(levels === undefined ? {} : { levels }),
      }));
      const inputs = mergeClues([{ evidence: 'object', clues: named }], {});
      const example = makeExample(inputs, named);
      const signature = { inputs, outputs: [], task: 'other', example } as const;
      expect(compileReader(signature, RULES).readRows([example]).batch.rows).toBe(1);
      const names = Object.keys(example);
      if (names.length === 0) return;
      const text = `${renderCsvRow(names)}\n${renderCsvRow(names.map((name) => example[name]))}\n`;
      expect(findExample(inputs, readExamples(text), RULES)).toEqual(example);
    }),
    { numRuns: 200 },
  );
});
