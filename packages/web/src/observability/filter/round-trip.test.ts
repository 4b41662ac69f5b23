import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFacetState, toFacetState, updateFacet, type FacetChoice } from './facets.ts';
import type { Clause, FilterValue } from './filter.ts';
import { parseFilter } from './parse.ts';
import { toEditedText, toFilterText } from './serialize.ts';

const keys = [
  'level',
  'environment',
  'name',
  'tags',
  'user',
  'session',
  'release',
  'version',
  'model',
  'type',
];

// Any text at all, and often text with what the grammar uses.
const text = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        'a',
        ' ',
        '"',
        '\\',
        '(',
        ')',
        ':',
        '-',
        '>',
        '..',
        '//',
        'OR',
        'AND',
        '*',
        '.',
      ),
      { minLength: 1 },
    )
    .map((parts) => parts.join('')),
);
const texts = fc.uniqueArray(text, { minLength: 1, maxLength: 4 });
const bound = fc.stringMatching(/^[a-z0-9$]{1,6}$/);

const value: fc.Arbitrary<FilterValue> = fc.oneof(
  text.map((one) => ({ kind: 'is', text: one }) as const),
  text.map((one) => ({ kind: 'exact', text: one }) as const),
  texts.map((many) => ({ kind: 'any', texts: many }) as const),
  fc
    .uniqueArray(text, { minLength: 2, maxLength: 4 })
    .map((many) => ({ kind: 'all', texts: many }) as const),
  fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom('>', '>=', '<', '<='),
    text,
  }),
  fc.record({ kind: fc.constant('range' as const), from: bound, to: bound }),
);

const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text, negated: fc.boolean() }),
  fc.record({
    kind: fc.constant('field' as const),
    key: fc.constantFrom(...keys),
    path: fc.constant([]),
    negated: fc.boolean(),
    value,
  }),
  fc.record({
    kind: fc.constant('field' as const),
    key: fc.constantFrom('metadata', 'scores'),
    path: fc.array(text, { minLength: 1, maxLength: 3 }),
    negated: fc.boolean(),
    value,
  }),
);

const choice: fc.Arbitrary<FacetChoice> = fc
  .record({
    included: fc.uniqueArray(text, { maxLength: 4 }),
    excluded: fc.uniqueArray(text, { maxLength: 4 }),
  })
  .filter((one) => one.included.length + one.excluded.length > 0);

test('clauses survive the way through text', () => {
  fc.assert(
    fc.property(fc.array(clause, { maxLength: 5 }), (clauses) => {
      const parsed = parseFilter(toFilterText(clauses));
      expect(parsed.problems).toEqual([]);
      expect(parsed.clauses).toEqual(clauses);
    }),
  );
});

test('facets survive the way through text', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), choice), (facets) => {
      const written = toFilterText(fromFacetState({ facets, rest: [] }));
      const read = toFacetState(parseFilter(written).clauses, keys);
      expect(read.rest).toEqual([]);
      expect({ ...read.facets }).toEqual({ ...facets });
    }),
  );
});

test('any text whatever is read without an exception, and its canonical form is stable', () => {
  fc.assert(
    fc.property(text, (source) => {
      const { clauses } = parseFilter(source);
      const canonical = toFilterText(clauses);
      expect(toFilterText(parseFilter(canonical).clauses)).toBe(canonical);
    }),
  );
});

test('ticking a box and taking the tick away leaves the filter as it was', () => {
  fc.assert(
    fc.property(
      fc.array(clause, { maxLength: 4 }),
      fc.constantFrom(...keys),
      text,
      fc.constantFrom('include', 'exclude'),
      (clauses, key, one, side) => {
        const before = toFacetState(clauses, keys);
        fc.pre(!JSON.stringify(before.rest).includes(JSON.stringify(one)));
        const ticked = updateFacet(clauses, key, one, side);
        const chosen = toFacetState(ticked, keys).facets[key];
        expect([...(chosen?.included ?? []), ...(chosen?.excluded ?? [])]).toContain(one);
        const cleared = toFacetState(updateFacet(ticked, key, one, 'off'), keys).facets[key];
        expect([...(cleared?.included ?? []), ...(cleared?.excluded ?? [])]).not.toContain(one);
      },
    ),
  );
});

test('editing one clause leaves every other character as it was typed', () => {
  const source = 'NOT  name:..5s env:prod "two  words" latency:1s.. level:ERROR';
  const parsed = parseFilter(source);
  const next = updateFacet(parsed.clauses, 'level', 'WARNING', 'include');
  expect(toEditedText(source, parsed, next)).toBe(
    'NOT name:..5s env:prod "two  words" latency:1s.. level:(ERROR OR WARNING)',
  );
});
