import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOWHERE, type Filter, type Pattern, type Term } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { renderFilter } from './render-filter.ts';
import { TRACE_FIELDS } from './trace-fields.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'AND',
    'OR',
    'NOT',
    '',
    'a b',
    '-x',
    '(',
    '..',
    '1..2',
    '*',
    '"',
    '\\',
    'a:b',
    '=x',
    '>5',
    'metadata.',
    'http://x',
    '//x',
  ),
);
const parts = fc
  .array(text, { minLength: 2, maxLength: 4 })
  .filter((list) => list.some((part) => part !== ''));
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ kind: fc.constantFrom('value', 'exact'), text }),
  fc.record({ kind: fc.constant('glob'), parts, exact: fc.boolean() }),
  fc.record({
    kind: fc.constant('compare'),
    operator: fc.constantFrom('>', '<', '>=', '<='),
    text,
  }),
  fc.record({ kind: fc.constant('range'), from: text.filter(Boolean), to: text.filter(Boolean) }),
);

const patterns = fc
  .record({
    patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
    join: fc.constantFrom('any' as const, 'all' as const),
  })
  .map((match) => (match.patterns.length === 1 ? { ...match, join: 'any' as const } : match));

const place = fc.oneof(
  fc.record({
    key: fc.constantFrom(
      ...TRACE_FIELDS.fields
        .filter((f) => f.kind !== 'metadata' && f.kind !== 'scores')
        .map((f) => f.key),
    ),
    path: fc.constant([] as readonly string[]),
  }),
  fc.record({
    key: fc.constantFrom('metadata', 'scores'),
    path: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
);

const term: fc.Arbitrary<Term> = fc.oneof(
  fc.tuple(place, patterns, fc.boolean()).map(([at, match, negated]) => ({
    kind: 'field' as const,
    ...at,
    ...match,
    negated,
    position: NOWHERE,
  })),
  fc
    .tuple(
      fc.oneof(
        parts,
        text.map((one) => [one]),
      ),
      fc.boolean(),
    )
    .map(([list, negated]) => ({ kind: 'text' as const, parts: list, negated, position: NOWHERE })),
);

const withoutPositions = (filter: Filter) => filter.map((one) => ({ ...one, position: NOWHERE }));

describe('renderFilter', () => {
  it('gives text that parses to the same tree', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), (filter) => {
        const rendered = renderFilter(filter);
        expect(withoutPositions(parseFilter(rendered, TRACE_FIELDS))).toEqual(filter);
      }),
      { numRuns: 2000 },
    );
  });

  it('never crashes on any text: it parses, or says where it is wrong', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (source) => {
        try {
          parseFilter(source, TRACE_FIELDS);
        } catch (error) {
          expect(error).toMatchObject({
            name: 'CoaiaError',
            details: { position: expect.any(Number) },
          });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
